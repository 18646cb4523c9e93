using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Events;

public sealed class InMemoryEventRetentionTests : EventRetentionContract
{
    protected override Task<EventRetentionHarness> OpenAsync()
    {
        var (store, subscribers) = (new InMemoryMailboxStore(partitions: 3), new InMemorySubscriberStore());
        return Task.FromResult(new EventRetentionHarness(StoreHarness.Of(store), new InMemoryEventRetention(store, subscribers), subscribers));
    }
}
