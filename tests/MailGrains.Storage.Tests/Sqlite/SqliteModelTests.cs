using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Sqlite;

public sealed class SqliteModelTests : ModelContract
{
    protected override StoreHarness Open(TemporaryFolder folder) => SqliteHarness.Open(folder);
}
