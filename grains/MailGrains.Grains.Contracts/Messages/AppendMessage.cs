using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <param name="InternalDate">null: now.</param>
[GenerateSerializer, Immutable]
public sealed record AppendMessage(
    [property: Id(0)] MessageContent Content,
    [property: Id(1)] ImmutableArray<string> Flags,
    [property: Id(2)] DateTimeOffset? InternalDate);
