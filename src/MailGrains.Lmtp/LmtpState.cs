namespace MailGrains.Lmtp;

/// <summary>Where a session stands; the rows of <see cref="LmtpStateTable"/>.</summary>
public enum LmtpState
{
    /// <summary>Before LHLO, and again after STARTTLS.</summary>
    Fresh,

    /// <summary>Greeted, no transaction.</summary>
    Ready,

    /// <summary>A sender is known, no recipient has been accepted yet.</summary>
    Sender,

    /// <summary>At least one recipient has been accepted.</summary>
    Recipients,

    /// <summary>Chunks are coming in (RFC 3030): only BDAT and RSET make sense.</summary>
    Chunks,
}
