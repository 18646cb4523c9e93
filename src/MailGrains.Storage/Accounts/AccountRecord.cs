using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Storage.Accounts;

/// <summary>An account as the directory keeps it. One that was deleted stays as its id and version, without addresses.</summary>
public sealed record AccountRecord
{
    public required AccountId Id { get; init; }

    /// <summary>Canonical; the first is the login. None: the account was deleted.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    public PasswordVerifiers? Password { get; init; }

    public bool Disabled { get; init; }

    /// <summary>Grows by one with every change; never reset, not even by deletion. 0 before the account is created.</summary>
    public long Version { get; init; }

    /// <summary>Kept to the millisecond.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Acts the mailbox's log may not have yet, in order.</summary>
    public ImmutableArray<OwedAct> Owed { get; init; } = [];

    /// <summary>Of one that is being deleted: by whom, for the events of the groups and roles it leaves. Not kept.</summary>
    public ActOrigin? DeletedBy { get; init; }

    public bool Exists => !Addresses.IsDefaultOrEmpty;
}
