namespace MailGrains.Interop.Tests.BadInput;

/// <summary>Where an attacker stands when it begins.</summary>
internal enum AttackPlace
{
    /// <summary>Connected to the IMAP port and greeted.</summary>
    Imap,

    /// <summary>Logged in, with INBOX selected.</summary>
    Mailbox,

    /// <summary>Greeted by LMTP, and has said LHLO.</summary>
    Lmtp,

    /// <summary>Connected to the IMAP port from where proxies are trusted; nothing is said to those before their PROXY header.</summary>
    ImapProxy,

    /// <summary>The same at the LMTP port.</summary>
    LmtpProxy,
}
