using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Sqlite;

public sealed class SqliteDurabilityTests : DurableStoreContract
{
    private TemporaryFolder? _remains;

    protected override Task<StoreHarness> OpenAsync(TemporaryFolder folder) => Task.FromResult(SqliteHarness.Open(folder));

    protected override Task<StoreHarness> OpenRemainsAsync(TemporaryFolder folder) =>
        Task.FromResult(SqliteHarness.Open(_remains = folder.CopyLive()));

    public override void Dispose()
    {
        base.Dispose();
        _remains?.Dispose();
    }
}
