namespace MailGrains.Imap;

/// <summary>What <see cref="ImapAppendReader"/> found.</summary>
public enum AppendStatus
{
    /// <summary>Nothing yet; consume nothing, read more.</summary>
    NeedMore,

    /// <summary>A message follows; read or, when the command has failed, drain its octets.</summary>
    Message,

    /// <summary>The command is over: store, or answer with <see cref="ImapAppendReader.Error"/>.</summary>
    End,

    /// <summary>The command is over and so is the connection: octets follow that nobody will read. Answer the error, then BYE.</summary>
    Bye,
}
