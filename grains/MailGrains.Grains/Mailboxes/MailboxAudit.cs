namespace MailGrains.Grains.Mailboxes;

/// <summary>What a mailbox tells its log beside changes and sessions.</summary>
public sealed class MailboxAudit
{
    public AccessAudit MessageAccess { get; set; }
}
