namespace MailGrains.Frontends.Connections;

/// <summary>Caps over all listeners of this process together.</summary>
public sealed record ConnectionLimits
{
    public int Total { get; init; } = 10_000;

    /// <summary>
    /// Per client address. Generous, because whole offices sit behind one; loopback and Unix sockets are exempt, since
    /// webmail and relays on this machine hold as many as they have users.
    /// </summary>
    public int PerAddress { get; init; } = 1_000;
}
