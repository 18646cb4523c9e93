using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>An export of what a search found.</summary>
[GenerateSerializer, Immutable]
public sealed record CaseExport
{
    /// <summary>In the case, from 1 on; 0 before it is written down.</summary>
    [Id(0)] public int Number { get; init; }

    /// <summary>The search whose messages it has.</summary>
    [Id(1)] public required int Search { get; init; }

    /// <summary>Only messages with this tag; null: all.</summary>
    [Id(2)] public string? Tag { get; init; }

    [Id(3)] public required string Format { get; init; }

    [Id(4)] public required long Items { get; init; }

    /// <summary>Of the manifest, in hex; the same whenever the export is made again.</summary>
    [Id(5)] public required string Sha256 { get; init; }

    [Id(6)] public string? By { get; init; }

    [Id(7)] public DateTimeOffset At { get; init; }

    /// <summary>The last event of the case that counted when it was made: tags are those of then.</summary>
    [Id(8)] public long CaseSequence { get; init; }
}
