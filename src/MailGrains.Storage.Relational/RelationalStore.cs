using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Relational.Accounts;
using MailGrains.Storage.Relational.Group;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational;

/// <summary>
/// The mailbox store, event log, body index, body store and directory of accounts in one database on a server, which any number of processes may
/// use at once. Every group of commits, and every question, is one round trip; questions of a kind that all deliveries
/// ask share theirs. What is the same for all engines is here; an engine brings the parts.
/// </summary>
public abstract class RelationalStore : IMailboxStore, IEmailReader, IBodyIndex, IEventLog, IAsyncDisposable
{
    private readonly MailboxNumbers _numbers = new();
    private readonly StorageMetrics _metrics;
    private readonly StorageParts _parts;
    private readonly MailboxReading _reading;
    private readonly GroupWriter _writer;
    private readonly ClaimGatherer _claims;
    private readonly OperationGatherer _operations;

    /// <param name="partitions">As the database has them.</param>
    private protected RelationalStore(int partitions, Func<StorageMetrics, StorageParts> parts)
    {
        Partitions = partitions;
        _metrics = new StorageMetrics(this);
        _parts = parts(_metrics);
        _reading = new MailboxReading(_parts.Database);
        _writer = _parts.Writer;
        _claims = new ClaimGatherer(ClaimAsync);
        _operations = new OperationGatherer(_parts.Database);
        Accounts = new RelationalDirectory(_parts.Database, _parts.Directory);
        Subscribers = new RelationalSubscribers(_parts.Database);
        Checkpoints = new RelationalCheckpoints(_parts.Database);
        EventRetention = new RelationalEventRetention(_parts.Database);
        UnusedBodies = new RelationalUnusedBodies(_parts.BodyDatabase);
        Packs = new RelationalPackCatalog(_parts.Database, _parts.Moving);
    }

    public int Partitions { get; }

    /// <summary>Bodies in this database. With bodies elsewhere, say in packs on a shared disk, it is left alone.</summary>
    public IBodyStore Bodies => _parts.Bodies;

    /// <summary>The directory of accounts, closed with this store.</summary>
    public RelationalDirectory Accounts { get; }

    /// <summary>The positions of subscribers, closed with this store.</summary>
    public RelationalSubscribers Subscribers { get; }

    /// <summary>What was signed about the log, closed with this store.</summary>
    public RelationalCheckpoints Checkpoints { get; }

    /// <summary>Removes the oldest events, closed with this store.</summary>
    public RelationalEventRetention EventRetention { get; }

    /// <summary>Deletes bodies nobody refers to any more, closed with this store.</summary>
    public RelationalUnusedBodies UnusedBodies { get; }

    /// <summary>What lies in packs that processes share, closed with this store.</summary>
    public RelationalPackCatalog Packs { get; }

    private protected StorageMetrics Metrics => _metrics;

    /// <summary>
    /// Waits for nothing any more: a group whose connection was lost, and whose outcome would be asked for until the server answers, fails. For a
    /// process that is about to end, before its committer is disposed; clients then learn that their change may have been made or not.
    /// </summary>
    public void StopWaiting() => _writer.StopWaiting();

    public Task<MailboxClaim> ClaimAsync(AccountId account, CancellationToken cancellation) => _claims.ClaimAsync(account);

    public Task<MailboxClaim?> ReadMailboxAsync(AccountId account, CancellationToken cancellation) => _reading.MailboxAsync(account, cancellation);

    public Task<WholeMailbox?> ReadWholeAsync(AccountId account, CancellationToken cancellation) => _reading.WholeAsync(account, cancellation);

    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<MailboxCommit> group, CancellationToken cancellation)
    {
        if (group.Count == 0) return [];
        var shareOf = new int[group.Count];
        var shares = MailboxShare.Divide(group, shareOf);
        await NumberAsync(shares, cancellation);
        return await _writer.WriteAsync(group, shareOf, shares, cancellation);
    }

    public Task<IReadOnlyList<MessagePage>> ReadPagesAsync(
        AccountId account, FolderId folder, int first, int last, CancellationToken cancellation) =>
        _reading.PagesAsync(account, folder, first, last, cancellation);

    public Task<UidSet> ReadExpungedAsync(AccountId account, FolderId folder, long since, CancellationToken cancellation) =>
        _reading.ExpungedAsync(account, folder, since, cancellation);

    public Task<ReadOnlyMemory<byte>?> FindOperationAsync(AccountId account, OperationId operation, CancellationToken cancellation) =>
        _operations.FindAsync(account, operation, cancellation);

    public Task<IReadOnlyList<ulong>?> ListOperationsAsync(AccountId account, int most, CancellationToken cancellation) =>
        _reading.OperationsAsync(account, most, cancellation);

    public Task<int> ForgetOperationsAsync(DateTimeOffset before, CancellationToken cancellation) =>
        new OldOperations(_parts.Database).ForgetAsync(before, cancellation);

    public Task<IReadOnlyList<AccountId>> ListMailboxesAsync(AccountId? after, int limit, CancellationToken cancellation) =>
        _reading.MailboxesAsync(after, limit, cancellation);

    public ValueTask<IReadOnlyList<EmailRecord?>> ReadEmailsAsync(
        AccountId account, ReadOnlyMemory<EmailId> emails, CancellationToken cancellation) =>
        new(_reading.EmailsAsync(account, emails, cancellation));

    public ValueTask<BodyLocator?> FindAsync(BlobId blob, CancellationToken cancellation) => new(_reading.BodyAsync(blob, cancellation));

    public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) => _reading.HeadAsync(Partitions, cancellation);

    public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation) =>
        _reading.PartitionAsync(partition, after, limit, cancellation);

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        _reading.EventsAsync(account, after, limit, cancellation);

    /// <summary>Finishes what was handed in, as far as the server answers, then closes.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _parts.Bodies.DisposeAsync();
        await _parts.Directory.DisposeAsync();
        await _parts.Database.DisposeAsync();
        await _parts.BodyDatabase.DisposeAsync();
        _metrics.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<IReadOnlyList<MailboxClaim>> ClaimAsync(IReadOnlyList<AccountId> accounts)
    {
        var ids = accounts.Select(a => a.Value).ToArray();
        Question[] asked =
            [new("ClaimMailboxes", ids), new("ReadFolders", ids), new("ReadKeywords", ids), new("ReadSubscriptions", ids)];
        var claimed = await _parts.Database.AskAsync("claim", asked, MailboxStates.ReadAsync, CancellationToken.None);
        foreach (var (account, (number, _)) in claimed) _numbers.Add(account, number);
        return [.. accounts.Select(a => claimed[a].State)];
    }

    /// <summary>Finds the row numbers of mailboxes that were claimed elsewhere; one that was never claimed stays without.</summary>
    private async ValueTask NumberAsync(List<MailboxShare> shares, CancellationToken cancellation)
    {
        List<Guid>? unknown = null;
        foreach (var share in shares)
        {
            if (_numbers.TryFind(share.Account, out var number)) share.Mailbox = number;
            else (unknown ??= []).Add(share.Account.Value);
        }

        if (unknown is null) return;
        var found = await _reading.NumbersAsync([.. unknown], cancellation);
        foreach (var (account, number) in found) _numbers.Add(account, number);
        foreach (var share in shares) share.Mailbox ??= found.TryGetValue(share.Account, out var number) ? number : null;
    }
}
