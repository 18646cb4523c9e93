using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <param name="Session"><see cref="SessionId.None"/> for who has none: an import, or messages that are brought back.</param>
/// <param name="Operation">Unique to this append; the frontend repeats it when it repeats the call.</param>
/// <param name="By">Who does it without a session; null: the administration.</param>
[GenerateSerializer, Immutable]
public sealed record AppendRequest(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] BlobId Operation,
    [property: Id(2)] string Path,
    [property: Id(3)] ImmutableArray<AppendMessage> Messages,
    [property: Id(4)] UpdateScope Scope = UpdateScope.All,
    [property: Id(5)] SessionOrigin? By = null);
