using MailGrains.Authentication;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Hosting;

/// <summary>Two accounts to try the product with; those that exist are left alone.</summary>
internal sealed class DemoAccounts(IGrainFactory grains, PasswordHasher hasher, TimeProvider time)
{
    public const string Password = "demo";

    public static readonly IReadOnlyList<string> Addresses = ["alice@example.org", "bob@example.org"];

    public async Task CreateAsync()
    {
        foreach (var text in Addresses)
        {
            if (!MailAddress.TryParse(text, out var address)) continue;
            if (await grains.GetGrain<IAddressGrain>(address.Key).ResolveAsync() is not null) continue;
            var verifiers = await hasher.CreateAsync(System.Text.Encoding.UTF8.GetBytes(Password), CancellationToken.None);
            await grains.GetGrain<IAccountGrain>(AccountId.New(time).Value).CreateAsync(address, verifiers);
        }
    }
}
