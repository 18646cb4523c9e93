namespace MailGrains.Storage.Commit;

public enum CommitOutcome
{
    Committed,

    /// <summary>Somebody else has claimed the mailbox since; nothing of this commit was done.</summary>
    Fenced,
}
