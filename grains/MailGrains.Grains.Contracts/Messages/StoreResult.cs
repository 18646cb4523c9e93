using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Model.Columns;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

[GenerateSerializer, Immutable]
public sealed class StoreResult
{
    /// <summary>
    /// The named messages as they are now, changed or not; those left alone by UNCHANGEDSINCE are not among them. Of a silent request only those whose
    /// flags are what the client takes them for: the others come with the changes.
    /// </summary>
    [Id(0)] public required MessageRows Rows { get; init; }

    /// <summary>Sequence numbers or UIDs (as the request counted) left alone by UNCHANGEDSINCE.</summary>
    [Id(1)] public required UidSet Modified { get; init; }

    /// <summary>True when the set named messages that are already expunged.</summary>
    [Id(2)] public bool SomeExpunged { get; init; }

    /// <summary>Changes by others; to be sent after the rows. The rows themselves are not repeated.</summary>
    [Id(3)] public required SessionUpdates Updates { get; init; }

    [Id(4)] public required KeywordTable Keywords { get; init; }
}
