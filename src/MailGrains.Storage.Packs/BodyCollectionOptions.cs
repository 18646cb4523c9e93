namespace MailGrains.Storage.Packs;

/// <summary>When bodies are collected, and how gently.</summary>
public sealed record BodyCollectionOptions
{
    /// <summary>How long a body has to be unused before it is taken out of the index.</summary>
    public TimeSpan CollectAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A pack is compacted when more of it than this share is dead.</summary>
    public double MaxDeadShare { get; init; } = 0.5;

    /// <summary>How long the file of a retired pack stays for readers that still know places in it.</summary>
    public TimeSpan ReadersGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Octets of bodies copied in a second, so that mail goes first; 0: no limit.</summary>
    public long BytesPerSecond { get; init; } = 8 << 20;

    /// <summary>Bodies in one transaction.</summary>
    public int Batch { get; init; } = 256;
}
