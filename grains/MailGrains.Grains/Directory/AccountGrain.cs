using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="IAccountGrain"/>
/// <remarks>
/// The account and its mailbox are in different stores. So every act is written with the account first, as owed to the mailbox; when the mailbox has it in
/// its log (and has ended the sessions, where the act asks for that) the debt is struck out. What a crash leaves is made good at the next activation.
/// </remarks>
internal sealed class AccountGrain(
    [PersistentState("account", DirectoryStorage.Name)] IPersistentState<AccountGrain.Holder> state,
    TimeProvider time,
    ILogger<AccountGrain> logger) : Grain, IAccountGrain
{
    /// <summary>What is durable. The state's own copy is ahead of it while it is being written.</summary>
    private AccountState _account = new();

    private AccountId Id => new(this.GetPrimaryKey());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _account = state.State.Account;
        await SettleAsync();
    }

    public Task<AccountProfile?> GetAsync() => Task.FromResult(_account.Exists ? Profile() : null);

    public Task<AccountCredentials?> GetCredentialsAsync() => Task.FromResult(_account.Exists
        ? new AccountCredentials(Id, _account.Addresses[0], _account.Disabled, _account.Password, _account.Version)
        : null);

    public async Task<AccountProfile> CreateAsync(MailAddress address, PasswordVerifiers? password)
    {
        if (_account.Exists) throw new InvalidOperationException($"Account {Id} exists.");
        await ClaimAsync(address);
        await Index().AddAsync(Id);
        try
        {
            var created = _account with { Addresses = [address.Key], Password = password, CreatedAt = time.GetUtcNow() };
            await TakeAsync(address, created, AccountEventType.AccountCreate);
        }
        catch (DirectoryException)
        {
            await Index().RemoveAsync(Id);
            throw;
        }

        return Profile();
    }

    public Task SetPasswordAsync(PasswordVerifiers password) =>
        ActAsync(Existing() with { Password = password }, AccountEventType.AccountPasswordChange);

    public Task SetDisabledAsync(bool disabled) => Existing().Disabled == disabled
        ? Task.CompletedTask
        : ActAsync(_account with { Disabled = disabled }, disabled ? AccountEventType.AccountDisable : AccountEventType.AccountEnable);

    public async Task<AccountProfile> AddAddressAsync(MailAddress address)
    {
        // One that is listed is claimed again all the same: a removal may have ended half-way.
        var listed = Existing().Addresses.Contains(address.Key);
        await ClaimAsync(address);
        if (!listed) await TakeAsync(address, _account with { Addresses = _account.Addresses.Add(address.Key) }, AccountEventType.AddressAdd);
        return Profile();
    }

    public async Task<AccountProfile> RemoveAddressAsync(MailAddress address)
    {
        var account = Existing();
        if (!account.Addresses.Contains(address.Key))
            throw new DirectoryException(DirectoryError.NotFound, $"{address} is not an address of this account.");
        if (account.Addresses.Length == 1)
            throw new DirectoryException(DirectoryError.LastAddress, $"{address} is the account's only address; delete the account instead.");

        // Released first: were it the other way round, a crash would leave an address that works and that nobody sees.
        await AddressOf(address.Key).ReleaseAsync(Id);
        await ActAsync(account with { Addresses = account.Addresses.Remove(address.Key) }, AccountEventType.AddressRemove, address.Key);
        return Profile();
    }

    public async Task DeleteAsync()
    {
        var addresses = Existing().Addresses;
        await ActAsync(
            new AccountState { Version = _account.Version, Unrecorded = _account.Unrecorded }, AccountEventType.AccountDelete, addresses[0]);
        foreach (var address in addresses) await AddressOf(address).ReleaseAsync(Id);
        await Index().RemoveAsync(Id);
        DeactivateOnIdle();
    }

    private IAddressGrain AddressOf(string key) => GrainFactory.GetGrain<IAddressGrain>(key);

    private IAccountIndexGrain Index() => GrainFactory.GetGrain<IAccountIndexGrain>(IAccountIndexGrain.ShardOf(Id));

    private AccountProfile Profile() => new(Id, _account.Addresses[0], _account.Addresses, _account.Disabled, _account.CreatedAt);

    private AccountState Existing() =>
        _account.Exists ? _account : throw new DirectoryException(DirectoryError.NotFound, "There is no such account.");

    private async Task ClaimAsync(MailAddress address)
    {
        if (!await AddressOf(address.Key).ClaimAsync(Id)) throw Taken(address);
    }

    private static DirectoryException Taken(MailAddress address) => new(DirectoryError.AddressTaken, $"{address} belongs to another account.");

    /// <summary>Writes the account with an address it has claimed, unless another's claim came in between.</summary>
    private async Task TakeAsync(MailAddress address, AccountState next, AccountEventType type)
    {
        var before = _account;
        await WriteAsync(Acted(next, type, address.Key));
        if (!await AddressOf(address.Key).HoldsAsync(Id))
        {
            await WriteAsync(before with { Version = _account.Version + 1 });
            throw Taken(address);
        }

        await SettleAsync();
    }

    private async Task ActAsync(AccountState next, AccountEventType type, string? address = null)
    {
        await WriteAsync(Acted(next, type, address));
        await SettleAsync();
    }

    private AccountState Acted(AccountState next, AccountEventType type, string? address)
    {
        var version = _account.Version + 1;
        var owed = next.Unrecorded.IsDefault ? [] : next.Unrecorded;
        return next with { Version = version, Unrecorded = owed.Add(new AccountAct(type, address, version)) };
    }

    /// <summary>Brings what was done to the mailbox. That can fail without undoing it: it stays owed.</summary>
    private async Task SettleAsync()
    {
        if (_account.Unrecorded.IsDefaultOrEmpty) return;
        try
        {
            var mailbox = GrainFactory.GetGrain<IMailboxGrain>(Id.Value);
            foreach (var act in _account.Unrecorded)
            {
                if (act.Type == AccountEventType.AccountDisable) await mailbox.EvictSessionsAsync("This account has been disabled.");
                if (act.Type == AccountEventType.AccountDelete) await mailbox.EvictSessionsAsync("This account has been deleted.");
                await mailbox.RecordAsync(act.ToEvent(Id));
            }

            await WriteAsync(_account with { Unrecorded = [] });
        }
        catch (Exception failure)
        {
            Log.ActNotRecorded(logger, failure, Id);
        }
    }

    private async Task WriteAsync(AccountState next)
    {
        state.State.Account = next;
        try
        {
            await state.WriteStateAsync();
            _account = next;
        }
        catch
        {
            state.State.Account = _account;
            throw;
        }
    }

    [GenerateSerializer]
    internal sealed class Holder
    {
        [Id(0)] public AccountState Account { get; set; } = new();
    }
}
