using MailGrains.Storage.Tests.SqlServer;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Events;

public sealed class SqlServerEventRetentionTests : EventRetentionContract
{
    protected override async Task<EventRetentionHarness> OpenAsync()
    {
        var store = await SqlServerHarness.OpenStoreAsync();
        return new EventRetentionHarness(StoreHarness.Of(store), store.EventRetention, store.Subscribers);
    }
}
