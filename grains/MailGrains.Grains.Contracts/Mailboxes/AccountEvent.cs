using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>Something that happened to the account rather than to its messages, for the log of its mailbox.</summary>
[GenerateSerializer, Immutable]
public sealed record AccountEvent
{
    [Id(0)] public required AccountEventType Type { get; init; }

    /// <summary>Who did it and from where; of a login that failed only what the connection tells.</summary>
    [Id(1)] public required SessionOrigin Origin { get; init; }

    /// <summary>Repeating an id within 7 days records nothing; null where the caller never repeats.</summary>
    [Id(2)] public BlobId? Operation { get; init; }

    /// <summary>The address concerned: the new or removed one, or the canonical name a login was tried with.</summary>
    [Id(3)] public string? Address { get; init; }

    /// <summary>The account's version after an administrative act.</summary>
    [Id(4)] public long? AccountVersion { get; init; }

    /// <summary>Why a login failed.</summary>
    [Id(5)] public LoginFailure? Failure { get; init; }

    /// <summary>What else there is to say, after the members above. Not of a login that failed.</summary>
    [Id(6)] public EventDetails? Details { get; init; }
}
