using System.Data.Common;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Columns;

namespace MailGrains.Storage.PostgreSql.Accounts;

/// <summary>Rows of the directory into records.</summary>
internal static class DirectoryRows
{
    /// <summary>The account without its acts.</summary>
    public static AccountRecord Account(DbDataReader row) => new()
    {
        Id = new AccountId(row.GetGuid(0)),
        Version = row.GetInt64(1),
        Disabled = row.GetBoolean(2),
        Password = Password(row.GetGuid(0), TextOrNull(row, 3), TextOrNull(row, 4)),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        Addresses = [.. row.GetFieldValue<string[]>(6)],
    };

    public static (AccountId Account, OwedAct Act) Act(DbDataReader row) => (
        new AccountId(row.GetGuid(0)), new OwedAct(row.GetInt64(1), row.GetString(2), TextOrNull(row, 3), TextOrNull(row, 4), TextOrNull(row, 5)));

    public static AddressRecord Address(DbDataReader row) => new()
    {
        Account = row.IsDBNull(0) ? null : new AccountId(row.GetGuid(0)),
        Group = row.IsDBNull(1) ? null : new GroupId(row.GetGuid(1)),
        Disabled = row.GetBoolean(2),
        Members = [.. row.GetFieldValue<Guid[]>(3).Select(id => new AccountId(id))],
    };

    public static GroupRecord Group(DbDataReader row) =>
        new(new GroupId(row.GetGuid(0)), row.GetString(1), TextOrNull(row, 2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)));

    public static MemberRecord Member(DbDataReader row, int column) =>
        new(new MemberId(row.GetGuid(column), row.GetBoolean(column + 1)), TextOrNull(row, column + 2) ?? "");

    private static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static PasswordVerifiers? Password(Guid account, string? argon2Id, string? scram)
    {
        if (argon2Id is null && scram is null) return null;
        if (scram is null) return new PasswordVerifiers(argon2Id, null);
        return ScramVerifier.TryParse(scram, out var verifier)
            ? new PasswordVerifiers(argon2Id, verifier)
            : throw new FormatCorruptException("SCRAM verifier", $"of account {account:N}");
    }
}
