using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests;

public sealed class InMemoryEventLogTests : EventLogContract
{
    protected override Task<StoreHarness> OpenAsync() => Task.FromResult(StoreHarness.Of(new InMemoryMailboxStore(partitions: 2)));
}
