namespace MailGrains.Model.Accounts;

/// <summary>
/// Changes of groups, roles and domains concern no mailbox. They are written to a log of their own, kept as a mailbox's log is, under an id no account has.
/// </summary>
public static class DirectoryLog
{
    /// <summary>The type of the event that says how everything is, together with those that follow it: whoever reads can begin there.</summary>
    public const string Snapshot = "DirectorySnapshot";

    /// <summary>Whose events they are in the log.</summary>
    public static readonly AccountId Id = new(new Guid("0d12ec70-0000-7000-8000-000000000000"));
}
