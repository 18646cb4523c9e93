using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Subscribers;

public sealed class InMemorySubscriberStoreTests : SubscriberStoreContract
{
    protected override Task<SubscriberHarness> OpenAsync() => Task.FromResult(new SubscriberHarness(new InMemorySubscriberStore()));
}
