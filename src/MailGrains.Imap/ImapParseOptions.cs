namespace MailGrains.Imap;

/// <summary>What the session has agreed on and the grammar depends on.</summary>
/// <param name="Utf8">
/// After ENABLE UTF8=ACCEPT (RFC 6855) or ENABLE IMAP4rev2: mailbox names are UTF-8. Before: modified UTF-7.
/// </param>
public readonly record struct ImapParseOptions(bool Utf8);
