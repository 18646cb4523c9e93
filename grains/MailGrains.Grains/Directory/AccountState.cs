using System.Collections.Immutable;
using MailGrains.Model.Accounts;

namespace MailGrains.Grains.Directory;

/// <summary>An account as it is stored; replaced whole with every change.</summary>
[GenerateSerializer, Immutable]
internal sealed record AccountState
{
    [Id(0)] public ImmutableArray<string> Addresses { get; init; } = [];

    [Id(1)] public PasswordVerifiers? Password { get; init; }

    [Id(2)] public bool Disabled { get; init; }

    /// <summary>Grows with every change; never reset, not even by deletion.</summary>
    [Id(3)] public long Version { get; init; }

    [Id(4)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Acts the mailbox's log may not have yet, in order.</summary>
    [Id(5)] public ImmutableArray<AccountAct> Unrecorded { get; init; } = [];

    public bool Exists => !Addresses.IsDefaultOrEmpty;
}
