namespace MailGrains.Cluster.Tests.Scale;

/// <summary>What is measured.</summary>
internal enum Operation
{
    /// <summary>LMTP, 10 KB.</summary>
    Deliver,

    /// <summary>Connect, LOGIN, LOGOUT.</summary>
    Login,

    /// <summary>STATUS of a folder.</summary>
    Status,

    /// <summary>FETCH of flags and envelope of one message.</summary>
    Fetch,

    /// <summary>FETCH of the text of one message.</summary>
    Body,

    /// <summary>STORE of one flag of one message.</summary>
    Store,
}
