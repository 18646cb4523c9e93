using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Model.Columns;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

[GenerateSerializer, Immutable]
public sealed class RowsResult
{
    [Id(0)] public required MessageRows Rows { get; init; }

    /// <summary>UIDs of the asked set that were expunged, when asked for; else null.</summary>
    [Id(1)] public UidSet? Vanished { get; init; }

    /// <summary>To be sent after the rows.</summary>
    [Id(2)] public required SessionUpdates Updates { get; init; }

    /// <summary>Names for the rows' keyword bits.</summary>
    [Id(3)] public required KeywordTable Keywords { get; init; }

    /// <summary>HIGHESTMODSEQ of the folder as of these rows.</summary>
    [Id(4)] public required long HighestModSeq { get; init; }
}
