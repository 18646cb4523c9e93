namespace MailGrains.TestKit.Transcripts;

public enum StepKind
{
    /// <summary>The client sends these bytes.</summary>
    Send,

    /// <summary>The server's next line must match.</summary>
    ExpectLine,

    /// <summary>The server's next bytes must be these.</summary>
    ExpectBytes,

    /// <summary>The server must have closed the connection, with nothing left to read.</summary>
    ExpectClose,

    /// <summary>The client closes the connection.</summary>
    Close,

    /// <summary>The client runs a TLS handshake (after STARTTLS).</summary>
    StartTls,
}
