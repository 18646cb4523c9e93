using System.Collections.Immutable;
using MailGrains.Discovery.Documents;
using MailGrains.Model;

namespace MailGrains.Discovery.Matching;

/// <summary>A message where it is: what a query is asked of.</summary>
public sealed record DiscoveryItem
{
    public required DiscoveryDocument Document { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>The folder's path, as IMAP has it.</summary>
    public required string Folder { get; init; }

    public required uint Uid { get; init; }

    /// <summary>Names of flags and keywords, as IMAP has them.</summary>
    public required ImmutableArray<string> Flags { get; init; }

    public required DateTimeOffset InternalDate { get; init; }

    /// <summary>RFC822.SIZE.</summary>
    public required long Size { get; init; }
}
