using MailGrains.Storage.Subscribers;

namespace MailGrains.TestKit.Contracts;

/// <summary>An open store of positions under test.</summary>
public sealed class SubscriberHarness(ISubscriberStore store, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    public ISubscriberStore Store => store;

    public ValueTask DisposeAsync() => owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
