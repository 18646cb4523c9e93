using System.Diagnostics.CodeAnalysis;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Frontends.Http.Accounts;

/// <summary>Finds accounts by what administrators type: an address or an account id.</summary>
internal sealed class AccountDirectory(IGrainFactory grains)
{
    private const int Parallelism = 32;

    public IAccountGrain Account(AccountId id) => grains.GetGrain<IAccountGrain>(id.Value);

    public async Task<AccountProfile> FindAsync(string name)
    {
        var profile = await ResolveAsync(name) is { } id ? await Account(id).GetAsync() : null;
        return profile ?? throw new DirectoryException(DirectoryError.NotFound, $"There is no account '{name}'.");
    }

    public async Task<IReadOnlyList<AccountProfile>> ListAsync(CancellationToken cancellation)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, IAccountIndexGrain.Shards).Select(n => grains.GetGrain<IAccountIndexGrain>(n).ListAsync()));
        var profiles = new List<AccountProfile>();
        foreach (var chunk in shards.SelectMany(ids => ids).Chunk(Parallelism))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var profile in await Task.WhenAll(chunk.Select(id => Account(id).GetAsync())))
                if (profile is not null) profiles.Add(profile);
        }

        profiles.Sort((a, b) => string.CompareOrdinal(a.Login, b.Login));
        return profiles;
    }

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

    private async Task<AccountId?> ResolveAsync(string name)
    {
        if (AccountId.TryParse(name, out var id)) return id;
        return MailAddress.TryParse(name, out var address) ? await grains.GetGrain<IAddressGrain>(address.Key).ResolveAsync() : null;
    }
}
