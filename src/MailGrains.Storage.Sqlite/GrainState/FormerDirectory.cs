using System.Text.Json;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace MailGrains.Storage.Sqlite.GrainState;

/// <summary>
/// The directory of earlier versions: each account was the state of a grain, as JSON, in <c>directory.db</c>. It is taken over once, before the first
/// request; then the file gets another name.
/// </summary>
public static class FormerDirectory
{
    /// <summary>Of the acts that may still be owed, by their numbers.</summary>
    private static readonly string[] ActTypes =
        ["LoginFailed", "AccountCreate", "AccountPasswordChange", "AccountDisable", "AccountEnable", "AccountDelete", "AddressAdd", "AddressRemove"];

    /// <summary>Moves the accounts into the store; what a crash interrupted is done again without harm. Returns how many there were.</summary>
    /// <exception cref="StoreOpenException">The file can't be read, or the store has other owners for its addresses. Nothing was taken over.</exception>
    public static async Task<int> TakeOverAsync(string path, IDirectoryStore directory)
    {
        if (!File.Exists(path)) return 0;
        var accounts = Read(path);
        var outcomes = await directory.CreateAccountsAsync(accounts, CancellationToken.None);
        for (var i = 0; i < accounts.Count; i++)
            if (outcomes[i] is not (WriteOutcome.Done or WriteOutcome.Stale))
                throw new StoreOpenException($"{path} has an account {accounts[i].Id} whose addresses belong to others; it can't be taken over.");
        File.Move(path, path + ".taken-over");
        return accounts.Count;
    }

    private static List<AccountRecord> Read(string path)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = SqliteDatabase.Sql.Statement("ReadFormerAccounts");
            using var rows = command.ExecuteReader();
            var accounts = new List<AccountRecord>();
            while (rows.Read()) accounts.Add(Account(IdOf(rows.GetInt64(0), rows.GetInt64(1)), rows.GetFieldValue<byte[]>(2)));
            return accounts.FindAll(a => a.Version > 0);
        }
        catch (Exception wrong) when (wrong is SqliteException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new StoreOpenException($"The accounts in {path} can't be taken over: {wrong.Message}", wrong);
        }
    }

    /// <summary>A GUID's octets, as two numbers.</summary>
    private static AccountId IdOf(long first, long second)
    {
        Span<byte> octets = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(octets, first);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(octets[8..], second);
        return new AccountId(new Guid(octets));
    }

    /// <summary>What had its default value was left out.</summary>
    private static AccountRecord Account(AccountId id, byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        var account = json.RootElement.GetProperty("Account");
        return new AccountRecord
        {
            Id = id,
            Addresses = [.. Values(account, "Addresses").Select(a => a.GetString()!)],
            Password = account.TryGetProperty("Password", out var password) ? Password(password) : null,
            Disabled = account.TryGetProperty("Disabled", out var disabled) && disabled.GetBoolean(),
            Version = account.TryGetProperty("Version", out var version) ? version.GetInt64() : 0,
            CreatedAt = account.TryGetProperty("CreatedAt", out var created) ? created.GetDateTimeOffset() : default,
            Owed = [.. Values(account, "Unrecorded").Select(Act)],
        };
    }

    private static OwedAct Act(JsonElement act)
    {
        var type = act.TryGetProperty("Type", out var number) ? number.GetInt32() : 0;
        var address = act.TryGetProperty("Address", out var text) ? text.GetString() : null;
        return new OwedAct(act.GetProperty("Version").GetInt64(), ActTypes[type], address, null, null);
    }

    private static PasswordVerifiers Password(JsonElement password)
    {
        var scram = password.GetProperty("Scram");
        return new PasswordVerifiers(
            password.GetProperty("Argon2Id").GetString(),
            new ScramVerifier(Octets(scram, "Salt"), scram.GetProperty("Iterations").GetInt32(), Octets(scram, "StoredKey"), Octets(scram, "ServerKey")));
    }

    private static byte[] Octets(JsonElement owner, string name) => owner.GetProperty(name).GetProperty("$value").GetBytesFromBase64();

    private static IEnumerable<JsonElement> Values(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var list) ? list.GetProperty("$values").EnumerateArray() : [];
}
