using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>Knows whose a mailbox is. A user sees only what is in the user's own.</summary>
internal sealed class MailboxOwners(IGrainFactory grains, TimeProvider time)
{
    public async Task<RequestUser> FindAsync(string name, CancellationToken cancellation)
    {
        var account = await ResolveAsync(name, cancellation);
        var profile = account is { } id ? await Patience.CallAsync(time, grains.GetGrain<IAccountGrain>(id.Value).GetAsync, cancellation) : null;
        return profile is { Disabled: false } ? new RequestUser(name, profile.Id, profile.Login) : new RequestUser(name, null, "");
    }

    /// <summary>Whether the user owns the mailbox that an identifier is of; an identifier without owner is of the user's own.</summary>
    public async Task<bool> OwnsAsync(RequestUser user, MailboxIdentifier mailbox, CancellationToken cancellation) =>
        mailbox.Owner is not { } owner || owner == user.Login || (await ResolveAsync(owner, cancellation) is { } account && account == user.Account);

    private async Task<AccountId?> ResolveAsync(string name, CancellationToken cancellation)
    {
        if (!MailAddress.TryParse(name, out var address) || address.Detail is not null) return null;
        var target = await Patience.CallAsync(time, grains.GetGrain<IAddressGrain>(address.Key).ResolveAsync, cancellation);
        return target is { Disabled: false } ? target.Account : null;
    }
}
