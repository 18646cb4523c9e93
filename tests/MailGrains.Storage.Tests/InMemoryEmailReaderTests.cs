using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests;

public sealed class InMemoryEmailReaderTests : EmailReaderContract
{
    protected override Task<StoreHarness> OpenAsync() => Task.FromResult(StoreHarness.Of(new InMemoryMailboxStore()));
}
