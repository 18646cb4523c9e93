using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Storage.Accounts;

/// <summary>
/// Accounts and their addresses. Every write is one transaction, durable when its task ends; that an address leads to one place is the store's own
/// constraint, whoever writes. Every method may throw <see cref="StoreUnavailableException"/>.
/// </summary>
public interface IDirectoryStore
{
    /// <summary>Groups in groups are followed this far; deeper members are none.</summary>
    const int MaxGroupDepth = 8;

    /// <summary>The account, also one that was deleted; null when there never was one with this id.</summary>
    Task<AccountRecord?> ReadAccountAsync(AccountId account, CancellationToken cancellation);

    /// <summary>Where an address leads, or null. One read of one moment.</summary>
    /// <param name="key">Canonical.</param>
    /// <param name="memberLimit">Of a group, one more member than this is enough.</param>
    Task<AddressRecord?> ResolveAsync(string key, int memberLimit, CancellationToken cancellation);

    /// <summary>
    /// Writes the account whole, creating it or (without addresses) deleting it, if the version kept is the one before <paramref name="next"/>'s.
    /// Addresses follow; a deleted account leaves groups and roles too, each an act of the directory by <see cref="AccountRecord.DeletedBy"/>, which has to be
    /// there. Its own acts are added to those owed.
    /// </summary>
    /// <returns>
    /// <see cref="WriteOutcome.Stale"/>, <see cref="WriteOutcome.Taken"/> or <see cref="WriteOutcome.UnknownDomain"/> when nothing was written.
    /// </returns>
    Task<WriteOutcome> WriteAccountAsync(AccountRecord next, CancellationToken cancellation);

    /// <summary>Creates many accounts in one transaction; those that can't be are skipped, and the others done. Outcomes in order.</summary>
    Task<IReadOnlyList<WriteOutcome>> CreateAccountsAsync(IReadOnlyList<AccountRecord> accounts, CancellationToken cancellation);

    /// <summary>Strikes out the acts owed by each account up to a version: the mailbox has them. May be repeated.</summary>
    Task SettleAsync(IReadOnlyList<(AccountId Account, long Version)> settled, CancellationToken cancellation);

    /// <summary>Accounts that exist, in the order of their logins (by octets of UTF-8), without their acts.</summary>
    /// <param name="after">Login of the account before; null from the first on.</param>
    Task<IReadOnlyList<AccountRecord>> ListAccountsAsync(string? after, int limit, CancellationToken cancellation);

    /// <summary>The accounts behind these addresses, without their acts; null where an address leads to none.</summary>
    Task<IReadOnlyList<AccountRecord?>> FindAccountsAsync(IReadOnlyList<string> keys, CancellationToken cancellation);

    /// <summary>Accounts that owe acts, with nothing but these, in the order of their ids. Deleted ones too.</summary>
    Task<IReadOnlyList<AccountRecord>> ListOwingAsync(AccountId? after, int limit, CancellationToken cancellation);

    Task<DirectoryCounts> CountAsync(CancellationToken cancellation);
}
