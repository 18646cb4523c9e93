using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Records;

/// <summary>One engine's way to the tables of the records.</summary>
internal interface IRecordDatabase : IAsyncDisposable
{
    /// <summary>The rows of all these statements, which see one moment.</summary>
    /// <exception cref="StoreUnavailableException">The database doesn't answer, or refuses.</exception>
    Task<IReadOnlyList<T>> ReadAsync<T>(IReadOnlyList<Question> asked, Func<IRecordRow, T> read, CancellationToken cancellation);

    /// <summary>
    /// Runs work in one transaction; durable on return. It may be run twice when transactions met, so it does nothing but that.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// The database doesn't answer, or refuses. Where the connection was lost during COMMIT it may have been done.
    /// </exception>
    Task<T> WriteAsync<T>(Func<IRecordTransaction, Task<T>> work, CancellationToken cancellation);
}
