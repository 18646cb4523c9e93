using MailGrains.Model.Accounts;
using Orleans;
using Orleans.Concurrency;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>
/// One account; the key is its id. Changes are durable on return, and each makes an event in the log of the account's mailbox: by then, or, when the
/// mailbox can't be written to at the time, later.
/// </summary>
public interface IAccountGrain : IGrainWithGuidKey
{
    /// <summary>The account, or null when there is none with this id.</summary>
    [AlwaysInterleave]
    Task<AccountProfile?> GetAsync();

    /// <summary>What logins are checked against, or null when there is no such account.</summary>
    [AlwaysInterleave]
    Task<AccountCredentials?> GetCredentialsAsync();

    /// <summary>Creates the account with its first address, which is also its login.</summary>
    /// <exception cref="DirectoryException">The address belongs to somebody else.</exception>
    Task<AccountProfile> CreateAsync(MailAddress address, PasswordVerifiers? password);

    Task SetPasswordAsync(PasswordVerifiers password);

    /// <summary>A disabled account can't log in and its mail is refused; open sessions end.</summary>
    Task SetDisabledAsync(bool disabled);

    Task<AccountProfile> AddAddressAsync(MailAddress address);

    Task<AccountProfile> RemoveAddressAsync(MailAddress address);

    /// <summary>Removes the account from the directory and ends its sessions. Its mailbox stays in the store.</summary>
    Task DeleteAsync();
}
