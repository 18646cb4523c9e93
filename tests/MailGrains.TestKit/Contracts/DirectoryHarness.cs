using MailGrains.Storage.Accounts;

namespace MailGrains.TestKit.Contracts;

/// <summary>An open directory under test, by its ports.</summary>
public sealed class DirectoryHarness(IDirectoryStore accounts, IGroupStore groups, IDirectoryActStore acts, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    public IDirectoryStore Accounts => accounts;

    public IGroupStore Groups => groups;

    public IDirectoryActStore Acts => acts;

    public ValueTask DisposeAsync() => owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
