namespace MailGrains.Frontends.Imap.Session;

/// <summary>What the client has switched on (ENABLE, RFC 9051 section 6.3.1, and the commands that imply CONDSTORE).</summary>
[Flags]
internal enum EnabledFeatures
{
    None = 0,

    /// <summary>Untagged FETCH responses carry MODSEQ (RFC 7162 section 3.1).</summary>
    CondStore = 1,

    /// <summary>VANISHED instead of EXPUNGE (RFC 7162 section 3.2).</summary>
    Qresync = 2,

    /// <summary>UTF-8 in mailbox names and strings (RFC 6855).</summary>
    Utf8 = 4,

    /// <summary>No \Recent, ESEARCH instead of SEARCH (RFC 9051 appendix A).</summary>
    Rev2 = 8,
}
