using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="IAddressGrain"/>
internal sealed class AddressGrain([PersistentState("address", DirectoryStorage.Name)] IPersistentState<AddressState> state)
    : Grain, IAddressGrain
{
    public Task<AccountId?> ResolveAsync() => Task.FromResult(state.State.Account);

    public async Task<bool> ClaimAsync(AccountId account)
    {
        if (state.State.Account == account) return true;
        if (state.State.Account is { } holder && await IsConfirmedByAsync(holder)) return false;
        await WriteAsync(account);
        return true;
    }

    public Task<bool> HoldsAsync(AccountId account) => Task.FromResult(state.State.Account == account);

    public Task ReleaseAsync(AccountId account) => state.State.Account == account ? WriteAsync(null) : Task.CompletedTask;

    private async Task<bool> IsConfirmedByAsync(AccountId holder)
    {
        var profile = await GrainFactory.GetGrain<IAccountGrain>(holder.Value).GetAsync();
        return profile is not null && profile.Addresses.Contains(this.GetPrimaryKeyString());
    }

    private async Task WriteAsync(AccountId? account)
    {
        var before = state.State.Account;
        state.State.Account = account;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State.Account = before;
            throw;
        }
    }
}
