using MailGrains.Storage.Tests.SqlServer;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Subscribers;

public sealed class SqlServerSubscriberStoreTests : SubscriberStoreContract
{
    protected override async Task<SubscriberHarness> OpenAsync()
    {
        var store = await SqlServerHarness.OpenStoreAsync();
        return new SubscriberHarness(store.Subscribers, store);
    }
}
