using MailGrains.Storage.Bodies;
using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests;

public sealed class InMemoryBodyStoreTests : BodyStoreContract
{
    protected override Task<IBodyStore> CreateAsync() => Task.FromResult<IBodyStore>(new InMemoryBodyStore());
}
