using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.PostgreSql.Accounts;
using MailGrains.Storage.PostgreSql.Group;
using MailGrains.Storage.PostgreSql.Reading;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Bodies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Storage.PostgreSql;

/// <summary>
/// The mailbox store, event log, body index and body store in one PostgreSQL database, which any number of processes may use at once. Every
/// group of commits, and every question, is one round trip.
/// </summary>
public sealed class PostgreSqlStore : IMailboxStore, IEmailReader, IBodyIndex, IEventLog, IAsyncDisposable
{
    private readonly MailboxNumbers _numbers = new();
    private readonly StorageMetrics _metrics;
    private readonly PostgreSqlConnections _connections;
    private readonly PostgreSqlConnections _bodyConnections;
    private readonly MailboxReading _reading;
    private readonly GroupWriter _writer;
    private readonly ClaimGatherer _claims;
    private readonly DatabaseBodyStore _bodies;

    private PostgreSqlStore(ConnectionSettings settings, PostgreSqlStoreOptions options, int partitions, TimeProvider time, ILogger log)
    {
        Partitions = partitions;
        _metrics = new StorageMetrics(this);
        _connections = new PostgreSqlConnections(settings.Pool, _metrics);
        _bodyConnections = new PostgreSqlConnections(settings.Bodies, _metrics);
        _reading = new MailboxReading(_connections);
        _writer = new GroupWriter(settings.Writer, _metrics, partitions, time, log);
        _claims = new ClaimGatherer(ClaimAsync);
        _bodies = new DatabaseBodyStore(new PostgreSqlBodyTable(_bodyConnections), log, options.Bodies, time);
        Orleans = new PostgreSqlOrleans(settings.Plain);
        Accounts = new PostgreSqlDirectory(_connections, settings.Pool);
    }

    public int Partitions { get; }

    /// <summary>Bodies in this database. With bodies elsewhere, say in packs on a shared disk, it is left alone.</summary>
    public IBodyStore Bodies => _bodies;

    /// <summary>The directory of accounts, in the same database: closed with this store.</summary>
    public PostgreSqlDirectory Accounts { get; }

    /// <summary>For Orleans' own tables.</summary>
    public PostgreSqlOrleans Orleans { get; }

    /// <summary>Opens the store in a database, creating or migrating its schema. Several processes may do so at the same time.</summary>
    /// <exception cref="StoreOpenException">
    /// The server can't be reached, its settings would lose acknowledged mail in a crash, or a newer version wrote the schema.
    /// </exception>
    public static async Task<PostgreSqlStore> OpenAsync(
        PostgreSqlStoreOptions options, ILogger<PostgreSqlStore>? log = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        ILogger logger = log ?? NullLogger<PostgreSqlStore>.Instance;
        var settings = new ConnectionSettings(options);
        var (partitions, danger) = await StoreSchema.PrepareAsync(settings, options, cancellation);
        if (danger is not null) logger.UnsafeServer(danger);
        logger.StoreOpened(settings.Name, settings.Schema, partitions);
        return new PostgreSqlStore(settings, options, partitions, time ?? TimeProvider.System, logger);
    }

    /// <summary>
    /// Waits for nothing any more: a group whose connection was lost, and whose outcome would be asked for until the server answers, fails. For a
    /// process that is about to end, before its committer is disposed; clients then learn that their change may have been made or not.
    /// </summary>
    public void StopWaiting() => _writer.StopWaiting();

    public Task<MailboxClaim> ClaimAsync(AccountId account, CancellationToken cancellation) => _claims.ClaimAsync(account);

    public Task<MailboxClaim?> ReadMailboxAsync(AccountId account, CancellationToken cancellation) => _reading.MailboxAsync(account, cancellation);

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
        _reading.OperationAsync(account, operation, cancellation);

    public Task<int> ForgetOperationsAsync(DateTimeOffset before, CancellationToken cancellation) =>
        new OldOperations(_connections).ForgetAsync(before, cancellation);

    public Task<IReadOnlyList<AccountId>> ListMailboxesAsync(AccountId? after, int limit, CancellationToken cancellation) =>
        _reading.MailboxesAsync(after, limit, cancellation);

    public ValueTask<IReadOnlyList<EmailRecord?>> ReadEmailsAsync(
        AccountId account, ReadOnlyMemory<EmailId> emails, CancellationToken cancellation) =>
        new(_reading.EmailsAsync(account, emails, cancellation));

    public ValueTask<BodyLocator?> FindAsync(BlobId blob, CancellationToken cancellation) => new(_reading.BodyAsync(blob, cancellation));

    public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation) =>
        _reading.PartitionAsync(partition, after, limit, cancellation);

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        _reading.EventsAsync(account, after, limit, cancellation);

    /// <summary>Finishes what was handed in, as far as the server answers, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _bodies.DisposeAsync();
        await Accounts.DisposeAsync();
        await _connections.DisposeAsync();
        await _bodyConnections.DisposeAsync();
        await Orleans.DisposeAsync();
        _metrics.Dispose();
    }

    private async Task<IReadOnlyList<MailboxClaim>> ClaimAsync(IReadOnlyList<AccountId> accounts)
    {
        var ids = accounts.Select(a => a.Value).ToArray();
        Question[] asked =
            [new("ClaimMailboxes", ids), new("ReadFolders", ids), new("ReadKeywords", ids), new("ReadSubscriptions", ids)];
        var claimed = await _connections.AskAsync("claim", asked, MailboxStates.ReadAsync, CancellationToken.None);
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
