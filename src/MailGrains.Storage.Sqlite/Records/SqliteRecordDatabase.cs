using MailGrains.Storage.Relational.Reading;
using MailGrains.Storage.Relational.Records;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite.Records;

/// <summary>The tables of the records in a file of their own.</summary>
internal sealed class SqliteRecordDatabase(SqliteFile file) : IRecordDatabase
{
    public Task<IReadOnlyList<T>> ReadAsync<T>(IReadOnlyList<Question> asked, Func<IRecordRow, T> read, CancellationToken cancellation) => file.ReadAsync(
        db => asked.Count == 1
            ? SqliteQuestions.Ask(db, asked, read)
            : SqliteDirectory.InSnapshot(db, () => SqliteQuestions.Ask(db, asked, read)),
        cancellation);

    // On the writer's thread nothing waits: the work is over when it returns.
    public Task<T> WriteAsync<T>(Func<IRecordTransaction, Task<T>> work, CancellationToken cancellation) =>
        file.WriteAsync(db => work(new Transaction(db)).GetAwaiter().GetResult(), cancellation);

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private sealed class Transaction(SqliteDatabase database) : IRecordTransaction
    {
        public Task<IReadOnlyList<T>> AskAsync<T>(IReadOnlyList<Question> asked, Func<IRecordRow, T> read) =>
            Task.FromResult(SqliteQuestions.Ask(database, asked, read));

        public Task RunAsync(IEnumerable<Question> statements)
        {
            foreach (var statement in statements) SqliteQuestions.Bind(database, statement).Run();
            return Task.CompletedTask;
        }
    }
}
