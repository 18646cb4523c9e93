namespace MailGrains.TestKit.Checking;

/// <summary>What a client does when its connection breaks or it is told to come again.</summary>
internal enum OnFailure
{
    /// <summary>It ends: the only server is gone. Refusals are wrong.</summary>
    End,

    /// <summary>It connects again, perhaps to another node, and goes on.</summary>
    ConnectAgain,
}
