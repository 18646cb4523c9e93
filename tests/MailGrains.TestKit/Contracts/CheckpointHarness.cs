using MailGrains.Storage.Checkpoints;

namespace MailGrains.TestKit.Contracts;

/// <summary>An open store of checkpoints under test.</summary>
public sealed class CheckpointHarness(ICheckpointStore store, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    public ICheckpointStore Store => store;

    public ValueTask DisposeAsync() => owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
