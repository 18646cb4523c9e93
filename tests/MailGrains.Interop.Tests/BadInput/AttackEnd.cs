namespace MailGrains.Interop.Tests.BadInput;

/// <summary>How an attacker's connection ends.</summary>
internal enum AttackEnd
{
    /// <summary>The session goes on: it still says goodbye when it is asked to.</summary>
    GoesOn,

    /// <summary>The server closes by itself, while the client would go on.</summary>
    ServerCloses,

    /// <summary>The client sends nothing more and waits for the end.</summary>
    ClientLeaves,
}
