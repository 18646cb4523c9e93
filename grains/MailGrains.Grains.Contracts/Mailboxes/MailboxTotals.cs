using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>Totals over all folders; sizes in octets.</summary>
/// <param name="Events">Number of the last event.</param>
/// <param name="EventHash">Its hash; null from a silo of a version that doesn't tell.</param>
[GenerateSerializer, Immutable]
public sealed record MailboxTotals(
    [property: Id(0)] int Folders,
    [property: Id(1)] long Messages,
    [property: Id(2)] long SizeBytes,
    [property: Id(3)] long ModSeq,
    [property: Id(4)] long Events,
    [property: Id(5)] int OpenSessions,
    [property: Id(6)] BlobId? EventHash);
