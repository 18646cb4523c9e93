using MailGrains.Model;
using Orleans;
using Orleans.Concurrency;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>One mail address; the key is <see cref="Model.Accounts.MailAddress.Key"/>. Knows which account it leads to.</summary>
public interface IAddressGrain : IGrainWithStringKey
{
    /// <summary>The account behind this address; null when there is none.</summary>
    [AlwaysInterleave]
    Task<AccountId?> ResolveAsync();

    /// <summary>
    /// Takes the address for an account; durable on return. False when another account has it. A claim whose account does not list the address
    /// (yet, or after a crash) gives way: <see cref="HoldsAsync"/> tells, once the account lists it, whether it came first.
    /// </summary>
    Task<bool> ClaimAsync(AccountId account);

    /// <summary>Whether the address is this account's, and stays so as long as the account lists it. Asked after the account was written.</summary>
    Task<bool> HoldsAsync(AccountId account);

    /// <summary>Gives the address back, when it is this account's.</summary>
    Task ReleaseAsync(AccountId account);
}
