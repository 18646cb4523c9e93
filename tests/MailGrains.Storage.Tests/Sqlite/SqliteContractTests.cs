using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Sqlite;

public sealed class SqliteMailboxStoreTests : MailboxStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<StoreHarness> OpenAsync() => Task.FromResult(SqliteHarness.Open(_folder));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class SqliteEmailReaderTests : EmailReaderContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<StoreHarness> OpenAsync() => Task.FromResult(SqliteHarness.Open(_folder));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class SqliteEventLogTests : EventLogContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<StoreHarness> OpenAsync() => Task.FromResult(SqliteHarness.Open(_folder));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class SqliteDurabilityTests : DurableStoreContract
{
    protected override StoreHarness Open(TemporaryFolder folder) => SqliteHarness.Open(folder);
}

public sealed class SqliteModelTests : ModelContract
{
    protected override StoreHarness Open(TemporaryFolder folder) => SqliteHarness.Open(folder);
}

internal static class SqliteHarness
{
    public static StoreHarness Open(TemporaryFolder folder) =>
        StoreHarness.Of(SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = folder.Path, Partitions = 3 }));
}
