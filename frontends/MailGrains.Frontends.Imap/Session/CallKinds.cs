namespace MailGrains.Frontends.Imap.Session;

/// <summary>What may be done with a call to the mailbox that failed half-way.</summary>
[Flags]
internal enum CallKinds
{
    None = 0,

    /// <summary>May be repeated even if it is not known whether the first try was carried out.</summary>
    Repeatable = 1,

    /// <summary>
    /// The call names messages by sequence number, or its command may not tell of expunges: it can't be repeated once
    /// messages have gone in between.
    /// </summary>
    Numbered = 2,

    /// <summary>
    /// The command changes the mailbox, and may be repeated all the same. Its client is told that nothing was done only where that is known; else it loses
    /// its session.
    /// </summary>
    Change = Repeatable | 4,
}
