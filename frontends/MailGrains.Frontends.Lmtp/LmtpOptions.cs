namespace MailGrains.Frontends.Lmtp;

/// <summary>How LMTP is served.</summary>
public sealed record LmtpOptions
{
    /// <summary>The name in the greeting and in Received.</summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>Octets of the largest message taken; announced as SIZE (RFC 1870).</summary>
    public int MaxMessageSize { get; init; } = 50 * 1024 * 1024;

    /// <summary>Recipients of one transaction; RFC 5321 section 4.5.3.1.8 asks for at least 100.</summary>
    public int MaxRecipients { get; init; } = 1_000;

    /// <summary>A message with this many Received fields is in a loop (RFC 5321 section 6.3).</summary>
    public int MaxReceived { get; init; } = 100;

    /// <summary>
    /// False: a full mailbox is a temporary failure (452), and the relay keeps trying. True: it is final (552), and the
    /// sender learns of it at once.
    /// </summary>
    public bool OverQuotaIsPermanent { get; init; }

    /// <summary>Refused commands after which the connection is closed: whoever sends them is guessing.</summary>
    public int MaxErrors { get; init; } = 50;
}
