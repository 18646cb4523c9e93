namespace MailGrains.Grains.Mailboxes;

/// <summary>What of reading leaves an event, MessageAccessed, in the mailbox's log.</summary>
public enum AccessAudit
{
    Off,

    /// <summary>Reading text or parts of messages.</summary>
    Bodies,

    /// <summary>Reading headers too, as clients do for their lists of messages.</summary>
    All,
}
