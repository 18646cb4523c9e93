using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>An account whose mail a case is about.</summary>
[GenerateSerializer, Immutable]
public sealed record Custodian
{
    /// <summary>In the case, from 1 on; never given twice.</summary>
    [Id(0)] public required int Number { get; init; }

    [Id(1)] public required AccountId Account { get; init; }

    /// <summary>The login it had when it was added.</summary>
    [Id(2)] public required string Address { get; init; }

    /// <summary>The group it came in with.</summary>
    [Id(3)] public string? Group { get; init; }

    [Id(4)] public HoldStatus Hold { get; init; }

    /// <summary>How often a hold has begun or ended.</summary>
    [Id(5)] public int HoldChanges { get; init; }

    /// <summary>Who asked for the release, where a second person has to agree.</summary>
    [Id(6)] public string? ReleaseAskedBy { get; init; }

    /// <summary>When the hold last began, was asked to end, or ended.</summary>
    [Id(7)] public DateTimeOffset? HoldAt { get; init; }

    /// <summary>The act by which the release was asked for.</summary>
    [Id(8)] public Guid? ReleaseAskedIn { get; init; }

    /// <summary>The moment at which it was in that group; null: when it was added.</summary>
    [Id(9)] public DateTimeOffset? AsOf { get; init; }

    /// <summary>The account of who asked for the release: its login can be another one by the time somebody agrees.</summary>
    [Id(10)] public AccountId? ReleaseAskedById { get; init; }

    /// <summary>
    /// Whether this is who asked for the release. The account counts, as a login is an address, which can be taken from one and given to another; where the
    /// log has no account, the login.
    /// </summary>
    public bool WasAskedBy(SessionOrigin officer) =>
        ReleaseAskedById is { } first && officer.Actor is { } second ? first == second : ReleaseAskedBy == officer.Login;
}
