using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>Rows of the directory into records.</summary>
internal static class DirectoryReading
{
    /// <summary>The account with its acts, as of one moment.</summary>
    public static AccountRecord? Whole(SqliteDatabase database, AccountId account) =>
        SqliteDirectory.InSnapshot(database, () => Account(database, account) is { } found ? found with { Owed = Acts(database, account) } : null);

    /// <summary>The account without its acts.</summary>
    public static AccountRecord? Account(SqliteDatabase database, AccountId account)
    {
        var row = database.Statement("ReadAccount").Bind(1, account);
        var found = row.Step()
            ? new AccountRecord
            {
                Id = account,
                Version = row.Int64(0),
                Disabled = row.Int32(1) != 0,
                Password = Password(account, row.TextOrNull(2), row.TextOrNull(3)),
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(4)),
            }
            : null;
        row.Reset();
        return found is null
            ? null
            : found with { Addresses = [.. database.Statement("ReadAccountAddresses").Bind(1, account).ReadAll(r => r.Text(0))] };
    }

    public static AccountRecord? Find(SqliteDatabase database, string key)
    {
        var row = database.Statement("FindAddress").Bind(1, key);
        AccountId? account = row.Step() && !row.IsNull(0) ? row.AccountId(0) : null;
        row.Reset();
        return account is { } id ? Account(database, id) : null;
    }

    public static ImmutableArray<OwedAct> Acts(SqliteDatabase database, AccountId account) =>
    [
        .. database.Statement("ReadActs").Bind(1, account).ReadAll(
            r => new OwedAct(r.Int64(0), r.Text(1), r.TextOrNull(2), r.TextOrNull(3), r.TextOrNull(4))),
    ];

    public static AddressRecord? Resolve(SqliteDatabase database, string key, int memberLimit) => SqliteDirectory.InSnapshot(database, () =>
    {
        var row = database.Statement("Resolve").Bind(1, key);
        var found = row.Step()
            ? new AddressRecord
            {
                Account = row.IsNull(0) ? null : row.AccountId(0),
                Group = row.IsNull(1) ? null : new GroupId(row.Guid(1)),
                Disabled = row.Int32(2) != 0,
            }
            : null;
        row.Reset();
        return found?.Group is { } group ? found with { Members = Members(database, group, memberLimit) } : found;
    });

    public static GroupRecord Group(SqliteStatement row) =>
        new(new GroupId(row.Guid(0)), row.Text(1), row.TextOrNull(2), DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(3)));

    public static MemberRecord Member(SqliteStatement row, int column) =>
        new(new MemberId(row.Guid(column), row.Int32(column + 1) != 0), row.TextOrNull(column + 2) ?? "");

    public static DomainRecord Domain(SqliteStatement row) => new(row.Text(0), row.Int32(1) != 0);

    public static GroupRecord? Group(SqliteDatabase database, GroupId group) =>
        database.Statement("ReadGroup").Bind(1, group.Value).ReadAll(Group) is [var found] ? found : null;

    /// <summary>The member with its name, or null where there is none.</summary>
    public static MemberRecord? Member(SqliteDatabase database, MemberId member)
    {
        if (member.IsGroup) return Group(database, member.ToGroup()) is { } group ? new MemberRecord(member, group.Name) : null;
        var addresses = database.Statement("ReadAccountAddresses").Bind(1, member.Value).ReadAll(r => r.Text(0));
        return addresses is [var login, ..] ? new MemberRecord(member, login) : null;
    }

    private static ImmutableArray<AccountId> Members(SqliteDatabase database, GroupId group, int limit) =>
    [
        .. database.Statement("ReadGroupAccounts").Bind(1, group.Value).Bind(2, IDirectoryStore.MaxGroupDepth).Bind(3, limit + 1L)
            .ReadAll(r => r.AccountId(0)),
    ];

    private static PasswordVerifiers? Password(AccountId account, string? argon2Id, string? scram)
    {
        if (argon2Id is null && scram is null) return null;
        if (scram is null) return new PasswordVerifiers(argon2Id, null);
        return ScramVerifier.TryParse(scram, out var verifier)
            ? new PasswordVerifiers(argon2Id, verifier)
            : throw new FormatCorruptException("SCRAM verifier", $"of account {account}");
    }
}
