using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using Xunit;

namespace MailGrains.Storage.Tests.SqlServer;

public sealed class SqlServerModelTests : ModelContract, IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        SqlServerHarness.SkipWithoutServer();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task<StoreHarness> OpenAsync(TemporaryFolder folder) => SqlServerHarness.OpenAsync();
}
