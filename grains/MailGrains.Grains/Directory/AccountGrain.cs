using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="IAccountGrain"/>
/// <remarks>
/// The store is the truth, this is its cache and the one place that changes an account: 1. write it with the act, under its version; 2. let the
/// addresses know; 3. bring the act to the mailbox. What a crash leaves of 3. is made good at the next activation, or by the sweep.
/// </remarks>
[NotOnDrainingNodes]
internal sealed class AccountGrain(IDirectoryStore store, IGroupStore groups, TimeProvider time, ILogger<AccountGrain> logger) : Grain, IAccountGrain
{
    /// <summary>Bounds how long an activation that was cut off from the cluster answers from memory.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private AccountRecord _account = new() { Id = default };
    private long _readAt;

    private AccountId Id => new(this.GetPrimaryKey());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await ReadAsync();
        await SettleAsync();
    }

    public async Task<AccountProfile?> GetAsync() => await CurrentAsync() is { Exists: true } account ? Profile(account) : null;

    public async Task<AccountCredentials?> GetCredentialsAsync() => await CurrentAsync() is { Exists: true } account
        ? new AccountCredentials(Id, account.Addresses[0], account.Disabled, account.Password, account.Version)
        : null;

    public async Task<Memberships?> GetMembershipsAsync()
    {
        var found = await groups.FindMembershipsAsync(Id, CancellationToken.None);
        return Memberships.Of(found.Groups, found.Roles);
    }

    public Task<AccountProfile> CreateAsync(MailAddress address, PasswordVerifiers? password, AdminActor? by) => ChangeAsync(
        account => account.Exists
            ? throw new InvalidOperationException($"Account {Id} exists.")
            : account with { Addresses = [address.Key], Password = password, Disabled = false, CreatedAt = time.GetUtcNow() },
        AccountEventType.AccountCreate,
        address.Key,
        by);

    public Task SetPasswordAsync(PasswordVerifiers password, AdminActor? by) =>
        ChangeAsync(account => Existing(account) with { Password = password }, AccountEventType.AccountPasswordChange, null, by);

    public async Task<long?> CompletePasswordAsync(long version, PasswordVerifiers password)
    {
        var account = await CurrentAsync();
        if (account.Version != version || !account.Exists) return null;
        var next = account with { Password = password, Version = version + 1 };
        if (await store.WriteAccountAsync(next with { Owed = [] }, CancellationToken.None) != WriteOutcome.Done) return null;
        Take(next);
        return next.Version;
    }

    public Task SetDisabledAsync(bool disabled, AdminActor? by) => ChangeAsync(
        account => Existing(account).Disabled == disabled ? account : account with { Disabled = disabled },
        disabled ? AccountEventType.AccountDisable : AccountEventType.AccountEnable,
        null,
        by);

    public Task<AccountProfile> AddAddressAsync(MailAddress address, AdminActor? by) => ChangeAsync(
        account => Existing(account).Addresses.Contains(address.Key) ? account : account with { Addresses = account.Addresses.Add(address.Key) },
        AccountEventType.AddressAdd,
        address.Key,
        by);

    public Task<AccountProfile> RemoveAddressAsync(MailAddress address, AdminActor? by) => ChangeAsync(
        account =>
        {
            if (!Existing(account).Addresses.Contains(address.Key))
                throw new DirectoryException(DirectoryError.NotFound, $"{address} is not an address of this account.");
            if (account.Addresses.Length == 1)
                throw new DirectoryException(DirectoryError.LastAddress, $"{address} is the account's only address; delete the account instead.");
            return account with { Addresses = account.Addresses.Remove(address.Key) };
        },
        AccountEventType.AddressRemove,
        address.Key,
        by);

    public async Task DeleteAsync(AdminActor? by)
    {
        var login = Existing(await CurrentAsync()).Addresses[0];
        var deletedBy = DirectoryLogs.OriginOf(by, time);
        await ChangeAsync(
            account => Existing(account) with { Addresses = [], Password = null, DeletedBy = deletedBy },
            AccountEventType.AccountDelete,
            login,
            by);
        await DirectoryLogs.TryBringAsync(GrainFactory, logger);
        DeactivateOnIdle();
    }

    private static AccountRecord Existing(AccountRecord account) =>
        account.Exists ? account : throw new DirectoryException(DirectoryError.NotFound, "There is no such account.");

    private static AccountProfile Profile(AccountRecord account) =>
        new(account.Id, account.Exists ? account.Addresses[0] : "", account.Addresses, account.Disabled, account.CreatedAt);

    /// <summary>Makes a change and everything that follows from it. A change that changes nothing is none.</summary>
    private async Task<AccountProfile> ChangeAsync(Func<AccountRecord, AccountRecord> change, AccountEventType type, string? address, AdminActor? by)
    {
        while (true)
        {
            var before = await CurrentAsync();
            var next = change(before);
            if (next == before) return Profile(before);
            var act = new OwedAct(before.Version + 1, type.ToString(), address, by?.Name, by?.ClientAddress);
            next = next with { Version = act.Version, Owed = before.Owed.Add(act) };

            // Asked before: who is deleted is in no group any more.
            IEnumerable<string> above = next.Disabled != before.Disabled || !next.Exists
                ? await groups.FindGroupAddressesAsync(Id, CancellationToken.None)
                : [];
            switch (await store.WriteAccountAsync(next with { Owed = [act] }, CancellationToken.None))
            {
                case WriteOutcome.Taken:
                    throw new DirectoryException(DirectoryError.AddressTaken, $"{address} belongs to somebody else.");
                case WriteOutcome.UnknownDomain:
                    throw new DirectoryException(DirectoryError.UnknownDomain, $"The domain of {address} is not in the list of domains.");
                case WriteOutcome.Stale:
                    await ReadAsync();
                    continue;
            }

            Take(next with { DeletedBy = null });
            await AddressCaches.ForgetAsync(GrainFactory, before.Addresses.Union(next.Addresses).Union(above), logger);
            await SettleAsync();
            return Profile(next);
        }
    }

    private ValueTask<AccountRecord> CurrentAsync() =>
        _account.Exists && time.GetElapsedTime(_readAt) < KeptFor ? new(_account) : new(ReadAsync());

    private async Task<AccountRecord> ReadAsync()
    {
        var read = await store.ReadAccountAsync(Id, CancellationToken.None) ?? new AccountRecord { Id = Id };

        // A read that began before a write must not undo it here.
        if (read.Version >= _account.Version) Take(read);
        return _account;
    }

    private void Take(AccountRecord account) => (_account, _readAt) = (account, time.GetTimestamp());

    /// <summary>Brings what was done to the mailbox. That can fail without undoing it: it stays owed.</summary>
    private async Task SettleAsync()
    {
        if (_account.Owed.IsEmpty) return;
        try
        {
            var acts = _account.Owed;
            await OwedActs.BringAsync(GrainFactory, Id, acts);
            await store.SettleAsync([(Id, acts[^1].Version)], CancellationToken.None);
            _account = _account with { Owed = _account.Owed.RemoveAll(a => a.Version <= acts[^1].Version) };
        }
        catch (Exception failure)
        {
            Log.ActNotRecorded(logger, failure, Id);
        }
    }
}
