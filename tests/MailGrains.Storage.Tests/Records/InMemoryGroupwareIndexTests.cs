using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Records;

public sealed class InMemoryGroupwareIndexTests : GroupwareIndexContract
{
    protected override Task<GroupwareIndexHarness> OpenAsync() => Task.FromResult(new GroupwareIndexHarness(new InMemoryGroupwareIndex()));
}
