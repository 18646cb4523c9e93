using MailGrains.Storage.Records;

namespace MailGrains.TestKit.Contracts;

/// <summary>An open index of contents under test.</summary>
public sealed class ContentHarness(IContentIndex index, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    public IContentIndex Index => index;

    public ValueTask DisposeAsync() => owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
