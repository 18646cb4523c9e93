using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="IAccountGrain"/>
internal sealed class AccountGrain(
    [PersistentState("account", DirectoryStorage.Name)] IPersistentState<AccountGrain.Holder> state,
    TimeProvider time) : Grain, IAccountGrain
{
    private AccountId Id => new(this.GetPrimaryKey());

    private AccountState Account => state.State.Account;

    public Task<AccountProfile?> GetAsync() => Task.FromResult(Account.Exists ? Profile() : null);

    public Task<AccountCredentials?> GetCredentialsAsync() => Task.FromResult(Account.Exists
        ? new AccountCredentials(Id, Account.Addresses[0], Account.Disabled, Account.Password, Account.Version)
        : null);

    public async Task<AccountProfile> CreateAsync(MailAddress address, PasswordVerifiers? password)
    {
        if (Account.Exists) throw new InvalidOperationException($"Account {Id} exists.");
        await ClaimAsync(address);
        await Index().AddAsync(Id);
        return await WriteAsync(Account with { Addresses = [address.Key], Password = password, CreatedAt = time.GetUtcNow() });
    }

    public Task SetPasswordAsync(PasswordVerifiers password) => WriteAsync(Existing() with { Password = password });

    public async Task SetDisabledAsync(bool disabled)
    {
        await WriteAsync(Existing() with { Disabled = disabled });
        if (disabled) await Mailbox().EvictSessionsAsync("This account has been disabled.");
    }

    public async Task<AccountProfile> AddAddressAsync(MailAddress address)
    {
        if (Existing().Addresses.Contains(address.Key)) return Profile();
        await ClaimAsync(address);
        return await WriteAsync(Account with { Addresses = Account.Addresses.Add(address.Key) });
    }

    public async Task<AccountProfile> RemoveAddressAsync(MailAddress address)
    {
        var account = Existing();
        if (!account.Addresses.Contains(address.Key))
            throw new DirectoryException(DirectoryError.NotFound, $"{address} is not an address of this account.");
        if (account.Addresses.Length == 1)
            throw new DirectoryException(DirectoryError.LastAddress, $"{address} is the account's only address; delete the account instead.");
        var profile = await WriteAsync(account with { Addresses = account.Addresses.Remove(address.Key) });
        await AddressOf(address.Key).ReleaseAsync(Id);
        return profile;
    }

    public async Task DeleteAsync()
    {
        var addresses = Existing().Addresses;
        await WriteAsync(new AccountState { Version = Account.Version });
        foreach (var address in addresses) await AddressOf(address).ReleaseAsync(Id);
        await Index().RemoveAsync(Id);
        await Mailbox().EvictSessionsAsync("This account has been deleted.");
        DeactivateOnIdle();
    }

    private IAddressGrain AddressOf(string key) => GrainFactory.GetGrain<IAddressGrain>(key);

    private IAccountIndexGrain Index() => GrainFactory.GetGrain<IAccountIndexGrain>(IAccountIndexGrain.ShardOf(Id));

    private IMailboxGrain Mailbox() => GrainFactory.GetGrain<IMailboxGrain>(Id.Value);

    private AccountProfile Profile() => new(Id, Account.Addresses[0], Account.Addresses, Account.Disabled, Account.CreatedAt);

    private AccountState Existing() =>
        Account.Exists ? Account : throw new DirectoryException(DirectoryError.NotFound, "There is no such account.");

    private async Task ClaimAsync(MailAddress address)
    {
        if (!await AddressOf(address.Key).ClaimAsync(Id))
            throw new DirectoryException(DirectoryError.AddressTaken, $"{address} belongs to another account.");
    }

    private async Task<AccountProfile> WriteAsync(AccountState next)
    {
        var before = Account;
        state.State.Account = next with { Version = before.Version + 1 };
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State.Account = before;
            throw;
        }

        return next.Exists ? Profile() : new AccountProfile(Id, "", [], next.Disabled, next.CreatedAt);
    }

    [GenerateSerializer]
    internal sealed class Holder
    {
        [Id(0)] public AccountState Account { get; set; } = new();
    }
}
