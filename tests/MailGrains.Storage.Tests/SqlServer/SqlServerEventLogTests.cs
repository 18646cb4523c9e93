using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.SqlServer;

public sealed class SqlServerEventLogTests : EventLogContract
{
    protected override Task<StoreHarness> OpenAsync() => SqlServerHarness.OpenAsync();
}
