using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;

namespace MailGrains.Storage.InMemory;

/// <summary>The reference engine of the directory: as plain as the contract allows. For tests.</summary>
public sealed partial class InMemoryDirectory : IDirectoryStore, IGroupStore, IDirectoryActStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountId, AccountRecord> _accounts = [];
    private readonly Dictionary<string, MemberId> _addresses = new(StringComparer.Ordinal);

    public Task<AccountRecord?> ReadAccountAsync(AccountId account, CancellationToken cancellation) =>
        Locked(() => _accounts.GetValueOrDefault(account));

    public Task<AddressRecord?> ResolveAsync(string key, int memberLimit, CancellationToken cancellation) => Locked(() =>
    {
        if (!_addresses.TryGetValue(key, out var target)) return null;
        var closed = _domains.GetValueOrDefault(DomainOf(key));
        return target.IsGroup
            ? new AddressRecord { Group = target.ToGroup(), Disabled = closed, Members = [.. Reached(target.ToGroup()).Take(memberLimit + 1)] }
            : new AddressRecord { Account = target.ToAccount(), Disabled = closed || _accounts[target.ToAccount()].Disabled };
    });

    public Task<WriteOutcome> WriteAccountAsync(AccountRecord next, CancellationToken cancellation) => Locked(() => Write(next, next.Version - 1));

    public Task<IReadOnlyList<WriteOutcome>> CreateAccountsAsync(IReadOnlyList<AccountRecord> accounts, CancellationToken cancellation) =>
        Locked<IReadOnlyList<WriteOutcome>>(() => [.. accounts.Select(a => Write(a, 0))]);

    public Task SettleAsync(IReadOnlyList<(AccountId Account, long Version)> settled, CancellationToken cancellation) => Locked(() =>
    {
        foreach (var (id, version) in settled)
            if (_accounts.TryGetValue(id, out var account)) _accounts[id] = account with { Owed = account.Owed.RemoveAll(a => a.Version <= version) };
        return settled.Count;
    });

    public Task<IReadOnlyList<AccountRecord>> ListAccountsAsync(string? after, int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<AccountRecord>>(() =>
        [
            .. _accounts.Values.Where(a => a.Exists && string.CompareOrdinal(a.Addresses[0], after ?? "") > 0)
                .OrderBy(a => a.Addresses[0], StringComparer.Ordinal).Take(limit).Select(WithoutActs),
        ]);

    public Task<IReadOnlyList<AccountRecord?>> FindAccountsAsync(IReadOnlyList<string> keys, CancellationToken cancellation) =>
        Locked<IReadOnlyList<AccountRecord?>>(() =>
        [
            .. keys.Select(k => _addresses.TryGetValue(k, out var target) && !target.IsGroup ? WithoutActs(_accounts[target.ToAccount()]) : null),
        ]);

    public Task<IReadOnlyList<AccountRecord>> ListOwingAsync(AccountId? after, int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<AccountRecord>>(() =>
        [
            .. _accounts.Values.Where(a => !a.Owed.IsEmpty && (after is not { } id || a.Id.Value.CompareTo(id.Value) > 0))
                .OrderBy(a => a.Id.Value).Take(limit).Select(a => new AccountRecord { Id = a.Id, Owed = a.Owed }),
        ]);

    public Task<DirectoryCounts> CountAsync(CancellationToken cancellation) =>
        Locked(() => new DirectoryCounts(_accounts.Values.Count(a => a.Exists), _accounts.Values.Sum(a => a.Owed.Length) + _acts.Count));

    private static AccountRecord WithoutActs(AccountRecord account) => account with { Owed = [] };

    private static string DomainOf(string address) => address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    private Task<T> Locked<T>(Func<T> work)
    {
        lock (_lock) return Task.FromResult(work());
    }

    private WriteOutcome Write(AccountRecord next, long expected)
    {
        var before = _accounts.GetValueOrDefault(next.Id);
        if ((before?.Version ?? 0) != expected) return WriteOutcome.Stale;
        foreach (var address in next.Addresses)
            if (before?.Addresses.Contains(address) != true && Refusal(address) is { } refused) return refused;

        if (!next.Exists && expected > 0)
        {
            var by = next.DeletedBy ?? throw new ArgumentException("Nobody is said to delete the account.", nameof(next));
            if (_pictured is null) Picture(by.At);
            Leave(next.Id, before?.Addresses.FirstOrDefault() ?? "", by);
        }

        foreach (var address in before?.Addresses ?? []) _addresses.Remove(address);
        foreach (var address in next.Addresses) _addresses.Add(address, next.Id);
        var owed = (before?.Owed ?? []).AddRange(next.Owed).DistinctBy(a => a.Version).OrderBy(a => a.Version);
        _accounts[next.Id] = next with
        {
            Owed = [.. owed],
            DeletedBy = null,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(next.CreatedAt.ToUnixTimeMilliseconds()),
        };
        return WriteOutcome.Done;
    }

    private WriteOutcome? Refusal(string address) => _addresses.ContainsKey(address) ? WriteOutcome.Taken
        : _domains.Count > 0 && !_domains.ContainsKey(DomainOf(address)) ? WriteOutcome.UnknownDomain
        : null;
}
