using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Subscribers;

public sealed class SqliteSubscriberStoreTests : SubscriberStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<SubscriberHarness> OpenAsync()
    {
        var store = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = _folder.Path });
        return Task.FromResult(new SubscriberHarness(store.Subscribers, store));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
