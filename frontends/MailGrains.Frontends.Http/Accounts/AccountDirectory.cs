using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Frontends.Http.Accounts;

/// <summary>Finds accounts and groups by what administrators type: an address, an account id, a group's name.</summary>
internal sealed class AccountDirectory(IGrainFactory grains)
{
    public const int DefaultPage = 1000;

    public IDirectoryGrain Whole => grains.GetGrain<IDirectoryGrain>(0);

    public IAccountGrain Account(AccountId id) => grains.GetGrain<IAccountGrain>(id.Value);

    public async Task<AccountProfile> FindAsync(string name) =>
        await TryFindAsync(name) ?? throw new DirectoryException(DirectoryError.NotFound, $"There is no account '{name}'.");

    /// <summary>An account by address or id, else a group by its name.</summary>
    public async Task<MemberId> FindMemberAsync(string name)
    {
        if (await TryFindAsync(name) is { } account) return account.Id;
        if (name.Contains('@', StringComparison.Ordinal)) throw new DirectoryException(DirectoryError.NotFound, $"There is no account '{name}'.");
        return (await Whole.GetGroupAsync(name)).Id;
    }

    public Task<ImmutableArray<AccountProfile>> ListAsync(string? after, int? limit) => Whole.ListAsync(after, limit ?? DefaultPage);

    public static bool TryAddress(string? text, out MailAddress address, [NotNullWhen(false)] out string? wrong)
    {
        wrong = MailAddress.TryParse(text, out address) switch
        {
            false => $"'{text}' is no mail address.",
            true when address.Detail is not null => $"'{text}' has a '+': what follows it names a folder, not an account.",
            true => null,
        };
        return wrong is null;
    }

    private async Task<AccountProfile?> TryFindAsync(string name) => await ResolveAsync(name) is { } id ? await Account(id).GetAsync() : null;

    private async Task<AccountId?> ResolveAsync(string name)
    {
        if (AccountId.TryParse(name, out var id)) return id;
        return MailAddress.TryParse(name, out var address) ? (await grains.GetGrain<IAddressGrain>(address.Key).ResolveAsync())?.Account : null;
    }
}
