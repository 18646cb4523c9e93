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
    /// Takes the address for an account; durable on return. False when another account has it. A claim that its account never confirmed
    /// (a crash between the two) gives way.
    /// </summary>
    Task<bool> ClaimAsync(AccountId account);

    /// <summary>Gives the address back, when it is this account's.</summary>
    Task ReleaseAsync(AccountId account);
}
