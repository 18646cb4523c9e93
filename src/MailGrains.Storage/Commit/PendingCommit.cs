namespace MailGrains.Storage.Commit;

/// <summary>A commit in the committer's hands. Continuations run elsewhere: the committer's loop never runs a caller's code.</summary>
internal sealed class PendingCommit(MailboxCommit commit) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    // A message's entry in a page takes about 48 octets; every other row is charged a flat sum beside its payload.
    private const int EntryBytes = 48;
    private const int RowBytes = 64;

    public MailboxCommit Commit => commit;

    /// <summary>Why it must fail, once that is known; tasks end later, all in the order of the calls.</summary>
    public Exception? Failure { get; set; }

    /// <summary>A flush that was begun for its bodies when it was handed in, if there was one.</summary>
    public Task? Flush { get; set; }

    /// <summary>Whether it has waited for too long to be sent.</summary>
    public bool IsLate(long now) => now >= commit.GiveUpAt;

    public bool HasBodies => commit.Emails.Count > 0;

    /// <summary>Roughly what the store will write for it.</summary>
    public long EstimateBytes()
    {
        long bytes = RowBytes * (1 + commit.Folders.Count + commit.References.Count + commit.Expunges.Count + commit.Operations.Count);
        var pages = commit.Pages;
        for (var i = 0; i < pages.Count; i++) bytes += RowBytes + (long)EntryBytes * pages[i].Page.Count;
        var emails = commit.Emails;
        for (var i = 0; i < emails.Count; i++) bytes += RowBytes + emails[i].Prefix.Length + emails[i].Summary.Length;
        var events = commit.Events;
        for (var i = 0; i < events.Count; i++) bytes += RowBytes + events[i].Payload.Length;
        return bytes;
    }
}
