namespace MailGrains.Compliance;

/// <summary>The names under which the archive reads the log.</summary>
public static class ArchiveSubscribers
{
    /// <summary>Keeps the record of all mailboxes.</summary>
    public const string Records = "archive";

    /// <summary>Fills the full-text index.</summary>
    public const string FullText = "full-text";
}
