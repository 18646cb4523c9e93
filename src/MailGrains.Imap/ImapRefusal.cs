namespace MailGrains.Imap;

/// <summary>
/// A command refused while it was still being read. The connection sends the tagged (or, without a usable tag, untagged)
/// error, and with <paramref name="Bye"/> a <c>* BYE</c> with the same code and closes: octets may follow that must not run.
/// </summary>
public sealed record ImapRefusal(string? Tag, ImapError Error, bool Bye);
