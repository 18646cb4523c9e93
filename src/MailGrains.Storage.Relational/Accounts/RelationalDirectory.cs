using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Events;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Accounts;

/// <summary>The directory in the store's database. A question is one round trip; a write is a transaction of a few.</summary>
public sealed partial class RelationalDirectory : IDirectoryStore, IGroupStore, IDirectoryActStore
{
    private readonly IDatabase _database;
    private readonly DirectoryTransactions _transactions;

    internal RelationalDirectory(IDatabase database, IDirectoryEngine engine) =>
        (_database, _transactions) = (database, new DirectoryTransactions(engine));

    public Task<AccountRecord?> ReadAccountAsync(AccountId account, CancellationToken cancellation) => _database.LookAsync(
        "account",
        [new("ReadAccount", account.Value), new("ReadActs", account.Value)],
        async (reader, c) =>
        {
            var found = await Rows.AllAsync(reader, DirectoryRows.Account, c);
            await reader.NextResultAsync(c);
            var acts = await Rows.AllAsync(reader, r => DirectoryRows.Act(r).Act, c);
            return found.Count == 0 ? null : found[0] with { Owed = [.. acts] };
        },
        cancellation);

    public async Task<AddressRecord?> ResolveAsync(string key, int memberLimit, CancellationToken cancellation) =>
        await ListAsync("address", new("Resolve", key, IDirectoryStore.MaxGroupDepth, memberLimit + 1L), DirectoryRows.Address, cancellation) is [var found]
            ? found
            : null;

    public Task<WriteOutcome> WriteAccountAsync(AccountRecord next, CancellationToken cancellation) =>
        _transactions.RunAsync(write => AccountWriting.WriteAsync(write, next), cancellation);

    public async Task<IReadOnlyList<WriteOutcome>> CreateAccountsAsync(IReadOnlyList<AccountRecord> accounts, CancellationToken cancellation) =>
        await _transactions.RunAsync(write => AccountWriting.CreateAsync(write, accounts), _ => true, cancellation);

    public Task SettleAsync(IReadOnlyList<(AccountId Account, long Version)> settled, CancellationToken cancellation) => settled.Count == 0
        ? Task.CompletedTask
        : _transactions.RunAsync(
            write => write.RunAsync("Settle", write.Engine.Settled(settled)), _ => true, cancellation);

    public async Task<IReadOnlyList<AccountRecord>> ListAccountsAsync(string? after, int limit, CancellationToken cancellation) =>
        await ListAsync("accounts", new("ListAccounts", after ?? "", (long)limit), DirectoryRows.Account, cancellation);

    public async Task<IReadOnlyList<AccountRecord?>> FindAccountsAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var accounts = new AccountRecord?[keys.Count];
        var found = await ListAsync(
            "accounts", new("FindAccounts", (object)keys.ToArray()), r => (Account: DirectoryRows.Account(r), Place: r.GetInt64(7)), cancellation);
        foreach (var (account, place) in found) accounts[place - 1] = account;
        return accounts;
    }

    public async Task<IReadOnlyList<AccountRecord>> ListOwingAsync(AccountId? after, int limit, CancellationToken cancellation)
    {
        // No account has the empty id.
        var acts = await ListAsync("acts", new("ListOwing", after?.Value ?? Guid.Empty, (long)limit), DirectoryRows.Act, cancellation);
        return [.. acts.GroupBy(a => a.Account).Select(g => new AccountRecord { Id = g.Key, Owed = [.. g.Select(a => a.Act)] })];
    }

    public async Task<DirectoryCounts> CountAsync(CancellationToken cancellation) =>
        (await ListAsync("count", new("CountDirectory"), r => new DirectoryCounts(r.GetInt64(0), r.GetInt64(1)), cancellation))[0];

    public async Task<bool> SnapshotAsync(DateTimeOffset at, DateTimeOffset before, CancellationToken cancellation) => await _transactions.RunAsync(
        async write =>
        {
            var acts = await DirectoryActWriting.LockAsync(write, new ActOrigin(null, null, at));
            if (acts.Pictured is { } last && last >= EventHash.Microseconds(before)) return false;
            await acts.PictureAsync();
            return true;
        },
        isDone => isDone,
        cancellation);

    public async Task<IReadOnlyList<DirectoryAct>> ReadActsAsync(int limit, CancellationToken cancellation) =>
        await ListAsync("acts", new("ReadDirectoryActs", (long)limit), DirectoryActWriting.Act, cancellation);

    public Task SettleActsAsync(long number, CancellationToken cancellation) =>
        _transactions.RunAsync(write => write.RunAsync("SettleDirectoryActs", number), _ => true, cancellation);

    private Task<List<T>> ListAsync<T>(string operation, Question asked, Func<DbDataReader, T> read, CancellationToken cancellation) =>
        _database.AskAsync(operation, [asked], (r, c) => Rows.AllAsync(r, read, c), cancellation);
}
