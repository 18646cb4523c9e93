using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Sqlite;

public sealed class SqliteModelTests : ModelContract
{
    protected override Task<StoreHarness> OpenAsync(TemporaryFolder folder) => Task.FromResult(SqliteHarness.Open(folder));
}
