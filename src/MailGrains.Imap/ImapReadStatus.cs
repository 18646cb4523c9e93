namespace MailGrains.Imap;

/// <summary>What <see cref="ImapCommandReader.Read"/> found.</summary>
public enum ImapReadStatus
{
    /// <summary>Nothing yet. Consume nothing, examine everything, read more.</summary>
    NeedMore,

    /// <summary>A synchronizing literal within the limits: send <c>+ OK</c>, consume nothing, read again.</summary>
    Continuation,

    /// <summary>A whole command.</summary>
    Command,

    /// <summary>APPEND up to the header of its first message literal; <see cref="ImapAppendReader"/> takes over.</summary>
    Append,

    /// <summary>Refused; see <see cref="ImapReadResult.Refusal"/>.</summary>
    Refused,
}
