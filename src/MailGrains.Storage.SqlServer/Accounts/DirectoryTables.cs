using MailGrains.Model;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.SqlServer.Tables;

namespace MailGrains.Storage.SqlServer.Accounts;

/// <summary>The tables that the directory's statements take, each as empty as the type of its name in the schema.</summary>
internal static class DirectoryTables
{
    public static RowSet<AccountRecord> Accounts() => new(
        [
            TableColumns.Id("id"), TableColumns.Bigint("version"), TableColumns.Bit("disabled"), TableColumns.Text("argon2id"), TableColumns.Text("scram"),
            TableColumns.Bigint("created"),
        ],
        static (r, a, _) => r.Id(a.Id.Value).Bigint(a.Version).Bit(a.Disabled).Text(a.Password?.Argon2Id).Text(a.Password?.Scram?.ToString())
            .Bigint(a.CreatedAt.ToUnixTimeMilliseconds()));

    public static RowSet<(string Key, AccountId Account, int Place)> Addresses() => new(
        [TableColumns.Text("key", TableColumns.KeyLength), TableColumns.Id("account"), TableColumns.Int("place")],
        static (r, a, _) => r.Text(a.Key).Id(a.Account.Value).Int(a.Place));

    public static RowSet<(AccountId Account, OwedAct Act)> Acts() => new(
        [
            TableColumns.Id("account"), TableColumns.Bigint("version"), TableColumns.Text("type", 200), TableColumns.Text("address"),
            TableColumns.Text("actor"), TableColumns.Text("client"),
        ],
        static (r, a, _) => r.Id(a.Account.Value).Bigint(a.Act.Version).Text(a.Act.Type).Text(a.Act.Address).Text(a.Act.Actor).Text(a.Act.Client));

    public static RowSet<(AccountId Account, long Version)> Settled() => new(
        [TableColumns.Id("account"), TableColumns.Bigint("version")], static (r, s, _) => r.Id(s.Account.Value).Bigint(s.Version));
}
