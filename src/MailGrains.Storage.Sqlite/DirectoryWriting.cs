using MailGrains.Storage.Accounts;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// Writes accounts inside a transaction of the writer. Nobody else writes meanwhile, so what is looked up first need not be undone; the constraints
/// of the tables hold whoever writes.
/// </summary>
internal static class DirectoryWriting
{
    /// <param name="expected">The version that must be there; 0 for none.</param>
    public static WriteOutcome Write(SqliteDatabase database, AccountRecord next, long expected)
    {
        if ((database.Statement("ReadAccountVersion").Bind(1, next.Id).RunScalar() ?? 0) != expected) return WriteOutcome.Stale;
        var before = database.Statement("ReadAccountAddresses").Bind(1, next.Id).ReadAll(r => r.Text(0));
        foreach (var address in next.Addresses)
            if (!before.Contains(address) && Refusal(database, address) is { } refused) return refused;
        if (!next.Exists && expected > 0)
        {
            var by = next.DeletedBy ?? throw new ArgumentException("Nobody is said to delete the account.", nameof(next));
            DirectoryActWriting.Begin(database, by);
            DirectoryActWriting.Leave(database, next.Id, before.Count > 0 ? before[0] : "", by);
        }

        database.Statement("WriteAccount")
            .Bind(1, next.Id).Bind(2, next.Version).Bind(3, next.Disabled ? 1 : 0)
            .Bind(4, next.Password?.Argon2Id).Bind(5, next.Password?.Scram?.ToString()).Bind(6, next.CreatedAt.ToUnixTimeMilliseconds())
            .Run();
        if (!before.SequenceEqual(next.Addresses)) WriteAddresses(database, next);
        foreach (var act in next.Owed) AddAct(database, next, act);
        return WriteOutcome.Done;
    }

    /// <summary>Why a new address can't be had, or null.</summary>
    public static WriteOutcome? Refusal(SqliteDatabase database, string address)
    {
        if (database.Statement("FindAddress").Bind(1, address).ReadAll(r => 0).Count > 0) return WriteOutcome.Taken;
        if (database.Statement("HasDomains").RunScalar() is null) return null;
        var domain = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return database.Statement("DomainExists").Bind(1, domain).RunScalar() is null ? WriteOutcome.UnknownDomain : null;
    }

    private static void WriteAddresses(SqliteDatabase database, AccountRecord account)
    {
        database.Statement("DeleteAccountAddresses").Bind(1, account.Id).Run();
        for (var place = 0; place < account.Addresses.Length; place++)
            database.Statement("AddAccountAddress").Bind(1, account.Addresses[place]).Bind(2, account.Id).Bind(3, place).Run();
    }

    private static void AddAct(SqliteDatabase database, AccountRecord account, OwedAct act) => database.Statement("AddAct")
        .Bind(1, account.Id).Bind(2, act.Version).Bind(3, act.Type).Bind(4, act.Address).Bind(5, act.Actor).Bind(6, act.Client)
        .Run();
}
