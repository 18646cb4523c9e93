using MailGrains.Grains.Contracts.Mailboxes;

namespace MailGrains.Grains.Mailboxes;

/// <summary>The failures a mailbox answers with. Their texts are shown to clients.</summary>
internal static class MailboxFault
{
    public static MailboxException NonExistent() => new(MailboxError.NonExistent, "No such mailbox");

    public static MailboxException AlreadyExists() => new(MailboxError.AlreadyExists, "Mailbox already exists");

    public static MailboxException BadName() => new(MailboxError.Cannot, "Mailbox name is not allowed");

    public static MailboxException Cannot(string why) => new(MailboxError.Cannot, why);

    public static MailboxException OverQuota() => new(MailboxError.OverQuota, "Quota exceeded");

    public static MailboxException TooBig() => new(MailboxError.TooBig, "Message is too big");

    public static MailboxException Limit(string what) => new(MailboxError.Limit, what);

    public static MailboxException ExpungeIssued() => new(MailboxError.ExpungeIssued, "Some of the messages no longer exist");

    public static MailboxException NotSelected() => new(MailboxError.NotSelected, "No mailbox selected");

    public static MailboxException ReadOnly() => new(MailboxError.ReadOnly, "Mailbox is open read-only");

    public static MailboxException UnknownSession() => new(MailboxError.UnknownSession, "Session is not open");

    public static MailboxException Disabled() => new(MailboxError.Disabled, "This account has been disabled or deleted");

    public static MailboxException Unavailable() => new(MailboxError.Unavailable, "Mailbox is temporarily unavailable");

    public static MailboxException Unconfirmed() => new(MailboxError.Unconfirmed, "Done, but not confirmed in time by a service that must have it");

    public static MailboxException Uncertain() => new(MailboxError.Uncertain, "This may have been done or not: look before trying again");

    public static MailboxException Moved() => new(MailboxError.Moved, "Mailbox moved to another node, try again");
}
