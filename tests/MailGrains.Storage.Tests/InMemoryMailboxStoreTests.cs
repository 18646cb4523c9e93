using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests;

public sealed class InMemoryMailboxStoreTests : MailboxStoreContract
{
    protected override Task<StoreHarness> OpenAsync() => Task.FromResult(StoreHarness.Of(new InMemoryMailboxStore()));
}
