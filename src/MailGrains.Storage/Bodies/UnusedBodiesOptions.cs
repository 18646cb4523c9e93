namespace MailGrains.Storage.Bodies;

/// <summary>When unused bodies are deleted from a database, and how gently.</summary>
public sealed record UnusedBodiesOptions
{
    /// <summary>
    /// A process doesn't send a body again that it has sent some minutes ago, and then counts on it: what is younger than this is never deleted.
    /// </summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    private readonly TimeSpan _unusedFor = TimeSpan.FromDays(7);

    /// <summary>How long a body has to be unused; at least <see cref="Shortest"/>.</summary>
    public TimeSpan UnusedFor
    {
        get => _unusedFor;
        init => _unusedFor = value > Shortest ? value : Shortest;
    }

    /// <summary>Bodies looked at in one question.</summary>
    public int Slice { get; init; } = 5000;

    /// <summary>Bodies deleted in one transaction.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>From the end of one walk through all bodies to the beginning of the next.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromHours(1);
}
