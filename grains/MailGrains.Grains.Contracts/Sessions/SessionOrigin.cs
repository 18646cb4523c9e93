using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Sessions;

/// <summary>Who is behind a session and where it comes from, as events tell it.</summary>
[GenerateSerializer, Immutable]
public sealed record SessionOrigin
{
    /// <summary>imap, lmtp, http, admin …</summary>
    [Id(0)] public required string Service { get; init; }

    /// <summary>The account that acts; null for deliveries.</summary>
    [Id(1)] public AccountId? Actor { get; init; }

    /// <summary>The name it logged in with, canonical.</summary>
    [Id(2)] public string? Login { get; init; }

    /// <summary>SASL mechanism, or LOGIN, or TOKEN.</summary>
    [Id(3)] public string? AuthMechanism { get; init; }

    [Id(4)] public string? ClientAddress { get; init; }

    [Id(5)] public int ClientPort { get; init; }

    [Id(6)] public string? ServerAddress { get; init; }

    [Id(7)] public int ServerPort { get; init; }

    [Id(8)] public bool IsAdmin { get; init; }

    /// <summary>The connection's id in the logs.</summary>
    [Id(9)] public string? ConnectionId { get; init; }

    /// <summary>The groups and roles of who acts, as they were when the session began; null when there were none.</summary>
    [Id(10)] public Memberships? Memberships { get; init; }

    /// <summary>What the client says it is (IMAP ID): name, or name/version. Somebody else's text, bounded by the frontend.</summary>
    [Id(11)] public string? ClientId { get; init; }
}
