namespace MailGrains.Imap;

/// <summary>
/// A mailbox name as the client means it, in Unicode; INBOX in any case is <c>INBOX</c>. When the octets are no valid name
/// in the encoding in force, <see cref="IsValid"/> is false: CREATE and RENAME answer NO [CANNOT], LIST matches nothing,
/// everything else finds no such mailbox. Whether a valid name is also acceptable (hierarchy, controls, length) is for the store to say.
/// </summary>
public readonly record struct MailboxName(string Value, bool IsValid = true)
{
    public const string InboxName = "INBOX";

    public static readonly MailboxName Inbox = new(InboxName);

    public bool IsInbox => Value == InboxName;

    public override string ToString() => Value;

    /// <summary>
    /// mailbox = "INBOX" / astring (RFC 9051 section 9); modified UTF-7 unless <paramref name="utf8"/> (section A.1, RFC 6855).
    /// </summary>
    public static MailboxName Decode(ReadOnlySpan<byte> octets, bool utf8)
    {
        if (System.Text.Ascii.EqualsIgnoreCase(octets, "INBOX"u8)) return Inbox;
        var name = utf8 ? Syntax.Charsets.Utf8(octets) : ModifiedUtf7.Decode(octets);
        return name is null ? new MailboxName("", IsValid: false) : new MailboxName(name);
    }
}
