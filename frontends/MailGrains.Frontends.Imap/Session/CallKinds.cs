namespace MailGrains.Frontends.Imap.Session;

/// <summary>What may be done with a call to the mailbox that failed half-way.</summary>
[Flags]
internal enum CallKinds
{
    None = 0,

    /// <summary>May be repeated even if it is not known whether the first try was carried out.</summary>
    Repeatable = 1,

    /// <summary>
    /// The call names messages by sequence number, or its answer is told by number before any expunge can be: it can't be made while the client
    /// has to be told of messages that are gone.
    /// </summary>
    Numbered = 2,

    /// <summary>
    /// The command changes the mailbox, and may be repeated all the same. Its client is told that nothing was done only where that is known; else it loses
    /// its session.
    /// </summary>
    Change = Repeatable | 4,

    /// <summary>It has an operation id, by which its caller can find out whether the change was made.</summary>
    Known = 8,
}
