using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="IAccountIndexGrain"/>
internal sealed class AccountIndexGrain([PersistentState("accounts", DirectoryStorage.Name)] IPersistentState<AccountIndexGrain.Shard> state)
    : Grain, IAccountIndexGrain
{
    public Task<ImmutableArray<AccountId>> ListAsync() => Task.FromResult(state.State.Accounts);

    public Task AddAsync(AccountId account) =>
        state.State.Accounts.Contains(account) ? Task.CompletedTask : WriteAsync(state.State.Accounts.Add(account));

    public Task RemoveAsync(AccountId account) =>
        state.State.Accounts.Contains(account) ? WriteAsync(state.State.Accounts.Remove(account)) : Task.CompletedTask;

    private async Task WriteAsync(ImmutableArray<AccountId> accounts)
    {
        var before = state.State.Accounts;
        state.State.Accounts = accounts;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State.Accounts = before;
            throw;
        }
    }

    [GenerateSerializer]
    internal sealed class Shard
    {
        [Id(0)] public ImmutableArray<AccountId> Accounts { get; set; } = [];
    }
}
