using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.SqlServer;

public sealed class SqlServerMailboxStoreTests : MailboxStoreContract
{
    protected override Task<StoreHarness> OpenAsync() => SqlServerHarness.OpenAsync();
}
