namespace MailGrains.Frontends.Connections;

/// <summary>What a listener does about TLS.</summary>
public enum TlsMode
{
    /// <summary>Plain text for good; the protocol must not offer STARTTLS.</summary>
    None,

    /// <summary>Plain text that <see cref="LineConnection.StartTlsAsync"/> may upgrade.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314 calls it implicit TLS).</summary>
    Implicit,
}
