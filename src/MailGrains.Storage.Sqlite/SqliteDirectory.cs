using MailGrains.Model;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Events;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// The directory in the mailbox store's database: its writes queue up with those of mailboxes and never meet another's transaction. Point reads run on
/// the caller's thread.
/// </summary>
public sealed partial class SqliteDirectory : IDirectoryStore, IGroupStore, IDirectoryActStore
{
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;

    internal SqliteDirectory(SqliteReaders readers, SqliteWriter writer) => (_readers, _writer) = (readers, writer);

    public Task<AccountRecord?> ReadAccountAsync(AccountId account, CancellationToken cancellation) =>
        ReadAsync(db => DirectoryReading.Whole(db, account), cancellation);

    public Task<AddressRecord?> ResolveAsync(string key, int memberLimit, CancellationToken cancellation) =>
        ReadAsync(db => DirectoryReading.Resolve(db, key, memberLimit), cancellation);

    public Task<WriteOutcome> WriteAccountAsync(AccountRecord next, CancellationToken cancellation) =>
        WriteAsync(db => DirectoryWriting.Write(db, next, next.Version - 1), cancellation);

    public Task<IReadOnlyList<WriteOutcome>> CreateAccountsAsync(IReadOnlyList<AccountRecord> accounts, CancellationToken cancellation) =>
        WriteAsync<IReadOnlyList<WriteOutcome>>(db => [.. accounts.Select(a => DirectoryWriting.Write(db, a, expected: 0))], cancellation);

    public Task SettleAsync(IReadOnlyList<(AccountId Account, long Version)> settled, CancellationToken cancellation) => WriteAsync(
        db =>
        {
            foreach (var (account, version) in settled) db.Statement("DeleteActs").Bind(1, account).Bind(2, version).Run();
            return settled.Count;
        },
        cancellation);

    public Task<IReadOnlyList<AccountRecord>> ListAccountsAsync(string? after, int limit, CancellationToken cancellation) => ScanAsync(
        db => Accounts(db, db.Statement("ListAccounts").Bind(1, after ?? "").Bind(2, limit).ReadAll(r => r.AccountId(0))), cancellation);

    public Task<IReadOnlyList<AccountRecord?>> FindAccountsAsync(IReadOnlyList<string> keys, CancellationToken cancellation) => ScanAsync(
        db => InSnapshot<IReadOnlyList<AccountRecord?>>(db, () => [.. keys.Select(key => DirectoryReading.Find(db, key))]), cancellation);

    public Task<IReadOnlyList<AccountRecord>> ListOwingAsync(AccountId? after, int limit, CancellationToken cancellation) => ScanAsync(
        db =>
        {
            var statement = db.Statement("ListOwing").Bind(2, limit);
            var accounts = (after is { } id ? statement.Bind(1, id) : statement.Bind(1, [])).ReadAll(r => r.AccountId(0));
            return (IReadOnlyList<AccountRecord>)[.. accounts.Select(a => new AccountRecord { Id = a, Owed = DirectoryReading.Acts(db, a) })];
        },
        cancellation);

    public Task<DirectoryCounts> CountAsync(CancellationToken cancellation) => ScanAsync(
        db => new DirectoryCounts(db.Statement("CountAccounts").RunScalar() ?? 0, db.Statement("CountActs").RunScalar() ?? 0), cancellation);

    public Task<bool> SnapshotAsync(DateTimeOffset at, DateTimeOffset before, CancellationToken cancellation) => WriteAsync(
        db =>
        {
            if (DirectoryActWriting.Pictured(db) is { } last && last >= EventHash.Microseconds(before)) return false;
            DirectoryActWriting.Picture(db, at);
            return true;
        },
        cancellation);

    public Task<IReadOnlyList<DirectoryAct>> ReadActsAsync(int limit, CancellationToken cancellation) =>
        ScanAsync(db => db.Statement("ReadDirectoryActs").Bind(1, limit).ReadAll(DirectoryActWriting.Act), cancellation);

    public Task SettleActsAsync(long number, CancellationToken cancellation) => WriteAsync(
        db =>
        {
            db.Statement("DeleteDirectoryActs").Bind(1, number).Run();
            return number;
        },
        cancellation);

    private static IReadOnlyList<AccountRecord> Accounts(SqliteDatabase database, IReadOnlyList<AccountId> ids) =>
        InSnapshot<IReadOnlyList<AccountRecord>>(
            database, () => [.. ids.Select(id => DirectoryReading.Account(database, id)).OfType<AccountRecord>().Where(a => a.Exists)]);

    /// <summary>Several statements see one moment.</summary>
    internal static T InSnapshot<T>(SqliteDatabase database, Func<T> read)
    {
        database.Execute("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            database.Execute("COMMIT");
        }
    }

    private Task<T> ReadAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<T>(cancellation);
        try
        {
            return Task.FromResult(_readers.Read(read));
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    private Task<T> ScanAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancellation) => Task.Run(() => _readers.Read(read), cancellation);

    private Task<T> WriteAsync<T>(Func<SqliteDatabase, T> write, CancellationToken cancellation) =>
        _writer.RunAsync(write, cancellation);
}
