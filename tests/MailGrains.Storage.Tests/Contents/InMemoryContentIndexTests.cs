using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Contents;

public sealed class InMemoryContentIndexTests : ContentSearchContract
{
    protected override Task<ContentHarness> OpenAsync() => Task.FromResult(new ContentHarness(new InMemoryContentIndex()));
}
