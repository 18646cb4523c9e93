using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Sqlite;

internal static class SqliteHarness
{
    public static StoreHarness Open(TemporaryFolder folder) =>
        StoreHarness.Of(SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = folder.Path, Partitions = 3 }));
}
