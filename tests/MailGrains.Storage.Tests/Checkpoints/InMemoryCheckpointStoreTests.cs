using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Checkpoints;

public sealed class InMemoryCheckpointStoreTests : CheckpointStoreContract
{
    protected override Task<CheckpointHarness> OpenAsync() => Task.FromResult(new CheckpointHarness(new InMemoryCheckpointStore()));
}
