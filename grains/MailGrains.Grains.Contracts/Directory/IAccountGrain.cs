using MailGrains.Model.Accounts;
using Orleans;
using Orleans.Concurrency;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>
/// One account; the key is its id. Changes are durable on return, and each makes an event in the log of the account's mailbox: by then, or, when the
/// mailbox can't be written to at the time, later. Who made the change is told in the event, where it is given.
/// </summary>
public interface IAccountGrain : IGrainWithGuidKey
{
    /// <summary>The account, or null when there is none with this id.</summary>
    [AlwaysInterleave]
    Task<AccountProfile?> GetAsync();

    /// <summary>
    /// What logins are checked against, or null when there is no such account. Whoever remembers that a password was right asks here all the same,
    /// and believes its memory only under the same version.
    /// </summary>
    [AlwaysInterleave]
    Task<AccountCredentials?> GetCredentialsAsync();

    /// <summary>
    /// The groups the account is in and the roles it holds now, for the events of a session that begins; null when there are none. Asked of the store each
    /// time.
    /// </summary>
    [AlwaysInterleave]
    Task<Memberships?> GetMembershipsAsync();

    /// <summary>Creates the account with its first address, which is also its login.</summary>
    /// <exception cref="DirectoryException">The address belongs to somebody else, or its domain is not known.</exception>
    Task<AccountProfile> CreateAsync(MailAddress address, PasswordVerifiers? password, AdminActor? by = null);

    Task SetPasswordAsync(PasswordVerifiers password, AdminActor? by = null);

    /// <summary>
    /// Adds the verifier that was missing, after a login has proved the password. No act of anybody, so no event.
    /// </summary>
    /// <param name="version">Of the credentials the password was checked against; nothing happens when they have changed.</param>
    /// <returns>The version of the credentials with it; null when nothing happened.</returns>
    Task<long?> CompletePasswordAsync(long version, PasswordVerifiers password);

    /// <summary>A disabled account can't log in and its mail is refused; open sessions end.</summary>
    Task SetDisabledAsync(bool disabled, AdminActor? by = null);

    Task<AccountProfile> AddAddressAsync(MailAddress address, AdminActor? by = null);

    Task<AccountProfile> RemoveAddressAsync(MailAddress address, AdminActor? by = null);

    /// <summary>Removes the account from the directory, its groups and roles, and ends its sessions. Its mailbox stays in the store.</summary>
    Task DeleteAsync(AdminActor? by = null);
}
