namespace MailGrains.Imap;

/// <summary>The condition of a status response (RFC 9051 section 7.1).</summary>
public enum ImapCondition
{
    Ok,
    No,
    Bad,
    PreAuth,
    Bye,
}
