using MailGrains.Authentication;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model.Accounts;
using Orleans;

namespace MailGrains.Frontends.Authentication;

/// <inheritdoc cref="IAuthenticator"/>
public sealed class Authenticator(IGrainFactory grains, PasswordHasher hasher, VerifiedPasswords verified, AuthenticationOptions options) : IAuthenticator
{
    public async Task<LoginResult> LoginAsync(string user, string password, string? clientAddress, CancellationToken cancellation)
    {
        var credentials = await FindAsync(user);
        var prepared = PasswordText.TryPrepare(password, options.MaxPasswordOctets, out var octets);

        // Who has just proved the same password is not held up by somebody else's guessing.
        if (prepared && credentials is { Disabled: false } && verified.IsKnown(credentials.Id, credentials.Version, octets))
            return Accepted(credentials);

        var throttles = Throttles(credentials?.Login ?? CanonicalName(user), clientAddress);
        if (await IsThrottledAsync(throttles)) return LoginResult.Throttled;

        var matches = await hasher.VerifyAsync(octets ?? [], credentials?.Password, cancellation);
        if (!prepared || !matches || credentials is null or { Disabled: true })
        {
            await RecordAsync(throttles, LoginResult.Rejected);
            return LoginResult.Rejected;
        }

        verified.Remember(credentials.Id, credentials.Version, octets!);
        await RecordAsync(throttles, Accepted(credentials));
        return Accepted(credentials);
    }

    public async Task<ScramLogin?> BeginScramAsync(string clientFirst, string? clientAddress, CancellationToken cancellation)
    {
        var exchange = ScramExchange.TryBegin(clientFirst);
        if (exchange is null) return null;

        var credentials = await FindAsync(exchange.User);
        var name = credentials?.Login ?? CanonicalName(exchange.User);
        var throttles = Throttles(name, clientAddress);

        // A throttled exchange goes on against keys that nothing matches: it fails as any other, and tells nothing.
        var throttled = await IsThrottledAsync(throttles);
        var usable = throttled ? null : credentials;
        var verifier = credentials?.Password?.Scram ?? ScramVerifiers.Fake(name, options);
        return new ScramLogin(exchange, usable, exchange.Challenge(verifier), result => throttled ? Task.CompletedTask : RecordAsync(throttles, result));
    }

    private static LoginResult Accepted(AccountCredentials credentials) => new(LoginOutcome.Accepted, credentials.Id, credentials.Login);

    private static string CanonicalName(string user) => MailAddress.TryParse(user, out var address) ? address.Key : "invalid";

    private static async Task<bool> IsThrottledAsync(ILoginThrottleGrain[] throttles)
    {
        foreach (var throttle in throttles)
            if (await throttle.DelayAsync() > TimeSpan.Zero) return true;
        return false;
    }

    private static async Task RecordAsync(ILoginThrottleGrain[] throttles, LoginResult result)
    {
        if (result.Outcome == LoginOutcome.Accepted) await throttles[0].SucceededAsync();
        else foreach (var throttle in throttles) await throttle.FailedAsync();
    }

    private async Task<AccountCredentials?> FindAsync(string user)
    {
        if (!MailAddress.TryParse(user, out var address) || address.Detail is not null) return null;
        var account = await grains.GetGrain<IAddressGrain>(address.Key).ResolveAsync();
        return account is null ? null : await grains.GetGrain<IAccountGrain>(account.Value.Value).GetCredentialsAsync();
    }

    private ILoginThrottleGrain[] Throttles(string user, string? clientAddress) => clientAddress is null
        ? [grains.GetGrain<ILoginThrottleGrain>("user:" + user)]
        : [grains.GetGrain<ILoginThrottleGrain>("user:" + user), grains.GetGrain<ILoginThrottleGrain>("ip:" + clientAddress)];
}
