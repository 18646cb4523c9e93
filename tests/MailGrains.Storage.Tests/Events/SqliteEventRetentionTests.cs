using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Events;

public sealed class SqliteEventRetentionTests : EventRetentionContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<EventRetentionHarness> OpenAsync()
    {
        var store = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = _folder.Path, Partitions = 3 });
        return Task.FromResult(new EventRetentionHarness(StoreHarness.Of(store), store.EventRetention, store.Subscribers));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
