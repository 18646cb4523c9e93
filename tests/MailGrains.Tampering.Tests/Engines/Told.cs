namespace MailGrains.Tampering.Tests.Engines;

/// <summary>Who tells of damage.</summary>
internal enum Told
{
    /// <summary>mailgrains-verify, about an export.</summary>
    ByProgram,

    /// <summary>The server, which does not start, or neither signs nor exports.</summary>
    ByServer,

    /// <summary>mailgrains verify, about a mailbox.</summary>
    ByMailbox,
}
