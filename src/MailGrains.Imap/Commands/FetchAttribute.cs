namespace MailGrains.Imap.Commands;

/// <summary>Fetch items without arguments (RFC 9051 section 6.4.5, RFC 3501, RFC 7162, RFC 8474, RFC 8514).</summary>
public enum FetchAttribute
{
    Uid,
    Flags,
    InternalDate,
    Rfc822Size,
    ModSeq,
    EmailId,
    ThreadId,
    SaveDate,
    Envelope,
    Body,
    BodyStructure,
    Rfc822,
    Rfc822Header,
    Rfc822Text,
}
