using MailGrains.Grains.Contracts.Sessions;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <param name="Updates">All changes, the request's own expunges among them.</param>
/// <param name="HighestModSeq">HIGHESTMODSEQ after the expunge (RFC 7162 section 3.2.7).</param>
[GenerateSerializer, Immutable]
public sealed record ExpungeResult([property: Id(0)] SessionUpdates Updates, [property: Id(1)] long HighestModSeq);
