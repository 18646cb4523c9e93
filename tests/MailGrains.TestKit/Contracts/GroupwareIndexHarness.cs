using MailGrains.Storage.Records;

namespace MailGrains.TestKit.Contracts;

/// <summary>An open index of groupware objects under test.</summary>
public sealed class GroupwareIndexHarness(IGroupwareIndex index, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    public IGroupwareIndex Index => index;

    public ValueTask DisposeAsync() => owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
