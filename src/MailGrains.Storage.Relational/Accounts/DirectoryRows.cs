using System.Data.Common;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Accounts;

/// <summary>Rows of the directory into records. Lists come as text, with spaces between: no address has one.</summary>
internal static class DirectoryRows
{
    /// <summary>The account without its acts.</summary>
    public static AccountRecord Account(DbDataReader row) => new()
    {
        Id = Rows.Account(row, 0),
        Version = row.GetInt64(1),
        Disabled = row.GetBoolean(2),
        Password = Password(Rows.Id(row, 0), TextOrNull(row, 3), TextOrNull(row, 4)),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        Addresses = [.. Texts(row, 6)],
    };

    public static (AccountId Account, OwedAct Act) Act(DbDataReader row) => (
        Rows.Account(row, 0), new OwedAct(row.GetInt64(1), row.GetString(2), TextOrNull(row, 3), TextOrNull(row, 4), TextOrNull(row, 5)));

    public static AddressRecord Address(DbDataReader row) => new()
    {
        Account = row.IsDBNull(0) ? null : Rows.Account(row, 0),
        Group = row.IsDBNull(1) ? null : new GroupId(Rows.Id(row, 1)),
        Disabled = row.GetBoolean(2),
        Members = [.. Texts(row, 3).Select(id => new AccountId(Guid.Parse(id)))],
    };

    public static GroupRecord Group(DbDataReader row) =>
        new(new GroupId(Rows.Id(row, 0)), row.GetString(1), TextOrNull(row, 2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)));

    public static MemberRecord Member(DbDataReader row, int column) =>
        new(new MemberId(Rows.Id(row, column), row.GetBoolean(column + 1)), TextOrNull(row, column + 2) ?? "");

    public static DomainRecord Domain(DbDataReader row) => new(row.GetString(0), row.GetBoolean(1));

    public static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string[] Texts(DbDataReader row, int column) =>
        row.IsDBNull(column) ? [] : row.GetString(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static PasswordVerifiers? Password(Guid account, string? argon2Id, string? scram)
    {
        if (argon2Id is null && scram is null) return null;
        if (scram is null) return new PasswordVerifiers(argon2Id, null);
        return ScramVerifier.TryParse(scram, out var verifier)
            ? new PasswordVerifiers(argon2Id, verifier)
            : throw new FormatCorruptException("SCRAM verifier", $"of account {account:N}");
    }
}
