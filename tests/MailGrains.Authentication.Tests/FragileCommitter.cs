using MailGrains.Storage;
using MailGrains.Storage.Commit;

namespace MailGrains.Authentication.Tests;

/// <summary>The real committer, until a test breaks it.</summary>
internal sealed class FragileCommitter(ICommitter inner) : ICommitter
{
    public bool IsBroken { get; set; }

    public Task CommitAsync(MailboxCommit commit) =>
        IsBroken ? Task.FromException(new StoreUnavailableException("No space left.")) : inner.CommitAsync(commit);
}
