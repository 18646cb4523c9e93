using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Records;

/// <summary>A write under way.</summary>
internal interface IRecordTransaction
{
    Task<IReadOnlyList<T>> AskAsync<T>(IReadOnlyList<Question> asked, Func<IRecordRow, T> read);

    /// <summary>Runs statements whose results don't matter, in order.</summary>
    Task RunAsync(IEnumerable<Question> statements);
}
