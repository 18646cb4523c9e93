namespace MailGrains.Cluster.Tests.Relays;

/// <summary>Waits for the next large request, which on a database connection is a group of commits, to break the connection in the middle of it.</summary>
internal sealed class RelayTrap
{
    private const int LargeRequest = 4096;

    private int _set;

    /// <summary>The server gets the whole request and carries it out; its answer is lost.</summary>
    public void LoseNextAnswer() => Volatile.Write(ref _set, (int)TrapKind.LoseAnswer);

    /// <summary>The server gets half of the request.</summary>
    public void TearNextRequest() => Volatile.Write(ref _set, (int)TrapKind.TearRequest);

    public void Disarm() => Volatile.Write(ref _set, (int)TrapKind.None);

    /// <summary>What to do to this request; each trap snaps once.</summary>
    public TrapKind Take(int octets) => octets < LargeRequest ? TrapKind.None : (TrapKind)Interlocked.Exchange(ref _set, (int)TrapKind.None);
}
