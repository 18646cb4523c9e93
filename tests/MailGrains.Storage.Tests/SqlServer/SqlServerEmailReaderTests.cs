using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.SqlServer;

public sealed class SqlServerEmailReaderTests : EmailReaderContract
{
    protected override Task<StoreHarness> OpenAsync() => SqlServerHarness.OpenAsync();
}
