using System.Collections.Concurrent;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Sqlite.Native;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// The mailbox store, event log and body index on one SQLite database in WAL mode with synchronous = FULL: what has returned
/// survives a power cut. One process at a time holds the folder. Point reads run on the caller's thread (microseconds from the cache);
/// bulk reads and all writes don't.
/// </summary>
public sealed partial class SqliteMailboxStore : IMailboxStore, IEmailReader, IBodyIndex, IEventLog, IAsyncDisposable
{
    /// <summary>Up to this many pages are read on the caller's thread.</summary>
    private const int FewPages = 8;

    /// <summary>Up to this many emails are read on the caller's thread.</summary>
    private const int FewEmails = 16;

    private const int OperationsAtOnce = 5000;
    private const int MaxClaimsAtOnce = 256;

    private readonly ConcurrentQueue<(AccountId Account, TaskCompletionSource<MailboxClaim> Done)> _claims = [];
    private readonly MailboxNumbers _mailboxes = new();
    private readonly IDisposable _lock;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;
    private readonly GroupWriters _groups;

    private SqliteMailboxStore(string path, SqliteStoreOptions options, IDisposable storeLock, int partitions, ILogger log)
    {
        _lock = storeLock;
        Partitions = partitions;
        _readers = new SqliteReaders(path, options);
        _groups = new GroupWriters(_mailboxes, partitions);
        _writer = new SqliteWriter(path, options, log, _groups.RolledBack);
        Accounts = new SqliteDirectory(_readers, _writer);
        Subscribers = new SqliteSubscribers(_readers, _writer, options.StepPatience);
        EventRetention = new SqliteEventRetention(_readers, _writer);
    }

    /// <summary>The directory of accounts, in the same database: closed with this store.</summary>
    public SqliteDirectory Accounts { get; }

    /// <summary>The positions of subscribers, in the same database: closed with this store.</summary>
    public SqliteSubscribers Subscribers { get; }

    /// <summary>Removes the oldest events, in the same database: closed with this store.</summary>
    public SqliteEventRetention EventRetention { get; }

    public int Partitions { get; }

    internal SqliteWriter Writer => _writer;

    /// <summary>Opens the store in a folder, creating or migrating it.</summary>
    /// <exception cref="StoreOpenException">Another process holds it, or a newer version wrote it.</exception>
    public static SqliteMailboxStore Open(SqliteStoreOptions options, ILogger<SqliteMailboxStore>? log = null)
    {
        ILogger logger = log ?? NullLogger<SqliteMailboxStore>.Instance;
        Directory.CreateDirectory(options.Folder);
        var storeLock = StoreLock.Take(Path.Combine(options.Folder, "store.lock"), $"The data folder {options.Folder}");
        try
        {
            var path = Path.Combine(options.Folder, "mailboxes.db");
            var partitions = StoreFile.Prepare(path, options.Partitions);
            var store = new SqliteMailboxStore(path, options, storeLock, partitions, logger);
            logger.StoreOpened(path, partitions);
            return store;
        }
        catch
        {
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Claims that wait at the same time share a transaction, and with it an fsync.</summary>
    public Task<MailboxClaim> ClaimAsync(AccountId account, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<MailboxClaim>(TaskCreationOptions.RunContinuationsAsynchronously);
        _claims.Enqueue((account, done));
        _ = ClaimWaitingAsync();
        return done.Task;
    }

    public Task<MailboxClaim?> ReadMailboxAsync(AccountId account, CancellationToken cancellation) =>
        ReadAsync(bulk: false, db => MailboxReading.Mailbox(db, account), cancellation);

    public Task<WholeMailbox?> ReadWholeAsync(AccountId account, CancellationToken cancellation) =>
        ReadAsync(bulk: true, db => MailboxReading.Whole(db, account), cancellation);

    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<MailboxCommit> group, CancellationToken cancellation) =>
        CommitAsync(group, Task.CompletedTask, cancellation);

    /// <summary>The rows are written while the bodies are flushed; the writer's thread waits for them before its COMMIT.</summary>
    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<MailboxCommit> group, Task bodies, CancellationToken cancellation)
    {
        if (group.Count == 0) return [];
        var aboard = new List<WaitingStep>();
        IReadOnlyList<CommitOutcome> outcomes;
        try
        {
            outcomes = await _writer.RunAsync(
                db =>
                {
                    var written = _groups.Of(db).Write(group);
                    Subscribers.Steps.Board(db, aboard);
                    return written;
                },
                bodies,
                cancellation);
        }
        catch
        {
            Subscribers.Steps.Missed(aboard);
            throw;
        }

        SubscriberSteps.Arrived(aboard);
        return outcomes;
    }

    public Task<IReadOnlyList<MessagePage>> ReadPagesAsync(
        AccountId account, FolderId folder, int first, int last, CancellationToken cancellation) =>
        ReadAsync(last - first >= FewPages, db => MailboxReading.Pages(db, _mailboxes.Find(db, account), folder, first, last), cancellation);

    public Task<UidSet> ReadExpungedAsync(AccountId account, FolderId folder, long since, CancellationToken cancellation) =>
        ReadAsync(bulk: false, db => MailboxReading.Expunged(db, _mailboxes.Find(db, account), folder, since), cancellation);

    public Task<ReadOnlyMemory<byte>?> FindOperationAsync(AccountId account, OperationId operation, CancellationToken cancellation) =>
        ReadAsync(bulk: false, db => MailboxReading.Operation(db, _mailboxes.Find(db, account), operation), cancellation);

    public Task<IReadOnlyList<ulong>?> ListOperationsAsync(AccountId account, int most, CancellationToken cancellation) =>
        ReadAsync(bulk: true, db => MailboxReading.Operations(db, _mailboxes.Find(db, account), most), cancellation);

    public async Task<int> ForgetOperationsAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var total = 0;
        var cursor = OperationCursor.Start;
        while (true)
        {
            var after = cursor;
            (var old, cursor) = await ReadAsync(bulk: true, db => MailboxReading.OldOperations(db, after, before, OperationsAtOnce), cancellation);
            if (old.Count > 0) await _writer.RunAsync(db => Forget(db, old), cancellation);
            total += old.Count;
            if (cursor == OperationCursor.End) return total;
        }
    }

    public Task<IReadOnlyList<AccountId>> ListMailboxesAsync(AccountId? after, int limit, CancellationToken cancellation) =>
        ReadAsync(bulk: true, db => MailboxReading.Mailboxes(db, after, limit), cancellation);

    public ValueTask<IReadOnlyList<EmailRecord?>> ReadEmailsAsync(
        AccountId account, ReadOnlyMemory<EmailId> emails, CancellationToken cancellation) =>
        new(ReadAsync(emails.Length > FewEmails, db => MailboxReading.Emails(db, _mailboxes.Find(db, account), emails.Span), cancellation));

    public ValueTask<BodyLocator?> FindAsync(BlobId blob, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(_readers.Read(db => MailboxReading.Body(db, blob)));
    }

    public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) =>
        ReadAsync(bulk: false, db => EventReading.Head(db, Partitions), cancellation);

    public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation) =>
        ReadAsync(bulk: true, db => EventReading.Partition(db, partition, after, limit), cancellation);

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        ReadAsync(bulk: true, db => EventReading.Mailbox(db, _mailboxes.Find(db, account), after, limit), cancellation);

    /// <summary>Finishes what was handed in, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(_writer.Dispose);
        _readers.Dispose();
        _lock.Dispose();
    }

    private static int Forget(SqliteDatabase database, List<OperationCursor> operations)
    {
        foreach (var (mailbox, id) in operations) database.Statement("DeleteOperation").Bind(1, mailbox).Bind(2, id).Run();
        return operations.Count;
    }

    private Task<T> ReadAsync<T>(bool bulk, Func<SqliteDatabase, T> read, CancellationToken cancellation)
    {
        if (bulk) return Task.Run(() => _readers.Read(read), cancellation);
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

    private async Task ClaimWaitingAsync()
    {
        var waiting = new List<(AccountId Account, TaskCompletionSource<MailboxClaim> Done)>();
        try
        {
            var claimed = await _writer.RunAsync(
                db =>
                {
                    while (waiting.Count < MaxClaimsAtOnce && _claims.TryDequeue(out var next)) waiting.Add(next);
                    return waiting.ConvertAll(w => MailboxReading.Claim(db, w.Account));
                },
                CancellationToken.None);
            for (var i = 0; i < claimed.Count; i++)
            {
                _mailboxes.Add(waiting[i].Account, claimed[i].Mailbox);
                waiting[i].Done.SetResult(claimed[i].Claim);
            }
        }
        catch (Exception e)
        {
            // A closed store runs nothing, so nobody would take these from the queue.
            while (_claims.TryDequeue(out var next)) waiting.Add(next);
            foreach (var (_, done) in waiting) done.TrySetException(e);
        }
    }
}
