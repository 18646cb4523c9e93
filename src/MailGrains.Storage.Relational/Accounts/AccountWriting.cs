using MailGrains.Storage.Accounts;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Accounts;

/// <summary>Accounts into rows. What must hold whoever else writes meanwhile is asked of the write itself: how many rows it changed.</summary>
internal static class AccountWriting
{
    public static async Task<WriteOutcome> WriteAsync(DirectoryTransaction write, AccountRecord next)
    {
        DirectoryActWriting? acts = null;
        MemberRecord? leaving = null;
        if (!next.Exists && next.Version > 1)
        {
            var by = next.DeletedBy ?? throw new ArgumentException("Nobody is said to delete the account.", nameof(next));
            acts = await DirectoryActWriting.BeginAsync(write, by);
            leaving = await acts.NamedAsync(next.Id);
        }

        object?[] row = [
            next.Id.Value, next.Version, next.Disabled, next.Password?.Argon2Id, next.Password?.Scram?.ToString(), next.CreatedAt.ToUnixTimeMilliseconds(),
        ];
        if (await write.RunAsync(next.Version == 1 ? "AddAccount" : "ChangeAccount", row) == 0) return WriteOutcome.Stale;

        var keys = next.Addresses.ToArray();
        if (await write.AnyAsync("FindUnknownDomains", (object)keys)) return WriteOutcome.UnknownDomain;
        await write.RunAsync("LeaveAddresses", next.Id.Value, keys);
        if ((await WriteAddressesAsync(write, [next])).Count < keys.Length) return WriteOutcome.Taken;
        if (acts is not null) await acts.LeaveAsync(leaving!);
        await AddActsAsync(write, [next]);
        return WriteOutcome.Done;
    }

    /// <summary>
    /// 1. Set aside whose domains are unknown, and all but the first who want one address. 2. Add the accounts; those that were there drop out.
    /// 3. Add their addresses; who doesn't get all of them drops out and is removed again. 4. Add the acts of the rest.
    /// </summary>
    public static async Task<IReadOnlyList<WriteOutcome>> CreateAsync(DirectoryTransaction write, IReadOnlyList<AccountRecord> accounts)
    {
        // 1.
        var outcomes = new WriteOutcome[accounts.Count];
        var unknown = (await write.ListAsync("FindUnknownDomains", r => r.GetString(0), (object)accounts.SelectMany(a => a.Addresses).ToArray())).ToHashSet();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < accounts.Count; i++)
        {
            if (accounts[i].Addresses.Any(unknown.Contains)) outcomes[i] = WriteOutcome.UnknownDomain;
            else if (accounts[i].Addresses.Any(wanted.Contains)) outcomes[i] = WriteOutcome.Taken;
            else wanted.UnionWith(accounts[i].Addresses);
        }

        // 2.
        var candidates = accounts.Where((_, i) => outcomes[i] == WriteOutcome.Done).ToList();
        var added = (await write.ListAsync("AddAccounts", r => Rows.Id(r, 0), write.Engine.Accounts(candidates))).ToHashSet();

        // 3.
        var given = (await WriteAddressesAsync(write, candidates.FindAll(a => added.Contains(a.Id.Value)))).ToHashSet(StringComparer.Ordinal);
        var refused = candidates.Where(a => added.Contains(a.Id.Value) && !a.Addresses.All(given.Contains)).Select(a => a.Id.Value).ToHashSet();
        if (refused.Count > 0) await write.RunAsync("ForgetAccounts", (object)refused.ToArray());

        // 4.
        for (var i = 0; i < accounts.Count; i++)
        {
            if (outcomes[i] != WriteOutcome.Done) continue;
            if (!added.Contains(accounts[i].Id.Value)) outcomes[i] = WriteOutcome.Stale;
            else if (refused.Contains(accounts[i].Id.Value)) outcomes[i] = WriteOutcome.Taken;
        }

        await AddActsAsync(write, accounts.Where((_, i) => outcomes[i] == WriteOutcome.Done).ToList());
        return outcomes;
    }

    /// <returns>The addresses that are theirs now.</returns>
    private static Task<List<string>> WriteAddressesAsync(DirectoryTransaction write, List<AccountRecord> accounts)
    {
        var rows = accounts.SelectMany(a => a.Addresses.Select((key, place) => (key, a.Id, place))).ToList();
        return write.ListAsync("WriteAddresses", r => r.GetString(0), write.Engine.Addresses(rows));
    }

    private static async Task AddActsAsync(DirectoryTransaction write, List<AccountRecord> accounts)
    {
        var acts = accounts.SelectMany(a => a.Owed.Select(act => (a.Id, act))).ToList();
        if (acts.Count > 0) await write.RunAsync("AddActs", write.Engine.Acts(acts));
    }
}
