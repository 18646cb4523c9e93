namespace MailGrains.Lmtp;

/// <summary>The commands of RFC 2033 and the extensions served here; the columns of <see cref="LmtpStateTable"/>.</summary>
public enum LmtpVerb
{
    Lhlo,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Quit,
    Vrfy,
    Help,
    StartTls,
}
