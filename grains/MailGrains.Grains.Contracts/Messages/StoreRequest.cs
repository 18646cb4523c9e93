using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <param name="Flags">Names of system flags and keywords; new keywords are added to the mailbox's table.</param>
/// <param name="UnchangedSince">Leave messages alone whose MODSEQ is above this, and name them (RFC 7162 section 3.1.3).</param>
/// <param name="Operation">
/// Unique to this command; repeating it within 7 days gives the first verdict. Needed with UNCHANGEDSINCE only: without it a repetition finds nothing
/// left to change, or is as if the command had come later.
/// </param>
/// <param name="Silent">The client works out the new flags by itself: told are those it would get wrong, for others had changed them.</param>
[GenerateSerializer, Immutable]
public sealed record StoreRequest(
    [property: Id(0)] NumberSet Set,
    [property: Id(1)] bool ByUid,
    [property: Id(2)] StoreMode Mode,
    [property: Id(3)] ImmutableArray<string> Flags,
    [property: Id(4)] UpdateScope Scope,
    [property: Id(5)] long? UnchangedSince = null,
    [property: Id(6)] BlobId? Operation = null,
    [property: Id(7)] bool Silent = false);
