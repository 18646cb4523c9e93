using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Storage.Accounts;

/// <summary>Where an address leads: to an account, or to a group with all accounts it reaches.</summary>
public sealed record AddressRecord
{
    public AccountId? Account { get; init; }

    public GroupId? Group { get; init; }

    /// <summary>The account, or the address's domain, is disabled.</summary>
    public bool Disabled { get; init; }

    /// <summary>
    /// Of a group: the accounts in it and in groups in it down to <see cref="IDirectoryStore.MaxGroupDepth"/> levels, each once, without those that
    /// are disabled. At most one more than the caller's limit.
    /// </summary>
    public ImmutableArray<AccountId> Members { get; init; } = [];
}
