using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;
using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Tampering.Tests.Engines;

/// <summary>The embedded product: a database file, and packs beside it.</summary>
internal sealed class SqliteCopy(TemporaryFolder folder, DbConnection connection) : DatabaseCopy(folder, connection)
{
    private const int PositionBits = 48;
    private const int EmailBits = 40;
    private const int PageBits = 25;

    private const string Mail = "mailboxes.db";

    public override string KeyFile => Path.Combine(Data, "log-key");

    public string Packs => Path.Combine(Data, "packs");

    public static async Task<DatabaseCopy> OfAsync(TemporaryFolder folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, Mail)};Pooling=False");
        await connection.OpenAsync();
        return new SqliteCopy(folder, connection);
    }

    public override string EventAt(int partition, long position) => $"key = {Key(partition, position)}";

    public override string EventsAfter(int partition, long position) => $"key > {Key(partition, position)} AND key < {Key(partition + 1, 0)}";

    public override IReadOnlyDictionary<string, object?> ToPlace(int partition, long position) =>
        new Dictionary<string, object?> { ["key"] = Key(partition, position) };

    public override string PagesOf(long mailbox, int folder) => $"key >> {PageBits} = (SELECT no FROM folder WHERE mailbox = {mailbox} AND id = {folder})";

    public override string EmailAt(long mailbox, long email) => $"key = {(mailbox << EmailBits) | email}";

    public override object Value(AccountId account) => account.Value.ToByteArray(bigEndian: true);

    public override string Literal(ReadOnlySpan<byte> octets) => $"x'{Convert.ToHexString(octets)}'";

    public override string Literal(AccountId account) => Literal((byte[])Value(account));

    public override async Task<OpenedStore> OpenAsync()
    {
        await Connection.CloseAsync();
        var store = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = Data });
        var packs = new PackBodyReader(DiskPackFiles.ToRead(Packs), store, NullLogger.Instance, new PackOptions().OpenPacks);
        return new OpenedStore(store, store.EventRetention, store, packs, null, () =>
        {
            packs.Dispose();
            return store.DisposeAsync();
        });
    }

    public override async Task<ILookup<string, string>> ColumnsAsync()
    {
        var columns = new List<(string Table, string Column)>();
        foreach (var file in Directory.EnumerateFiles(Data, "*.db"))
        {
            var database = Path.GetFileName(file);
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) columns.Add((database == Mail ? reader.GetString(0) : $"{database}/{reader.GetString(0)}", reader.GetString(1)));
        }

        return columns.ToLookup(c => c.Table, c => c.Column);
    }

    private static long Key(int partition, long position) => ((long)partition << PositionBits) | position;
}
