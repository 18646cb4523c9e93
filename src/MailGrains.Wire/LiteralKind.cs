namespace MailGrains.Wire;

/// <summary>What the end of a line announces.</summary>
public enum LiteralKind
{
    /// <summary>No literal: the line ends the command.</summary>
    None,

    /// <summary><c>{n}</c>: the client waits for a continuation request before it sends n octets.</summary>
    Synchronizing,

    /// <summary><c>{n+}</c> (RFC 7888): n octets follow at once.</summary>
    NonSynchronizing,

    /// <summary>Looks like <c>{…+}</c> but names no usable size: octets may follow that nobody can count.</summary>
    Malformed,
}
