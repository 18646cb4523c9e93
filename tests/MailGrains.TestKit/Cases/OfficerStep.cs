namespace MailGrains.TestKit.Cases;

/// <summary>The parts of an officer's task, in their order.</summary>
internal enum OfficerStep
{
    /// <summary>Mail is there, and its mailboxes are held.</summary>
    Held,

    /// <summary>The users have expunged everything.</summary>
    Expunged,

    /// <summary>It was found all the same, looked at, and tagged.</summary>
    Found,

    /// <summary>It was exported twice, with the same files.</summary>
    Exported,

    /// <summary>One officer has asked for the release.</summary>
    ReleaseAsked,

    /// <summary>Another has agreed, and the case is closed.</summary>
    Closed,
}
