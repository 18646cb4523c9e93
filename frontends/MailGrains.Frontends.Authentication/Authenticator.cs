using System.Security.Cryptography;
using System.Text;
using MailGrains.Authentication;
using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using Microsoft.Extensions.Logging;
using Orleans;

namespace MailGrains.Frontends.Authentication;

/// <inheritdoc cref="IAuthenticator"/>
public sealed class Authenticator(
    IGrainFactory grains, PasswordHasher hasher, VerifiedPasswords verified, AuthenticationOptions options, TimeProvider time, ILogger<Authenticator> logger)
    : IAuthenticator
{
    public async Task<LoginResult> LoginAsync(string user, string password, SessionOrigin attempt, CancellationToken cancellation)
    {
        var claimant = await FindAsync(user, cancellation);
        PasswordText.TryPrepare(password, options.MaxPasswordOctets, out var octets);

        // Who has just proved the same password is not held up by somebody else's guessing.
        if (octets is not null && claimant.MayLogIn && verified.IsKnown(claimant.Credentials!.Id, claimant.Credentials.Version, octets))
            return (await AcceptedAsync(claimant.Credentials, cancellation)).Counted();

        var throttle = new LoginThrottle(grains, time, claimant.CountedAs, attempt.ClientAddress);
        if (await throttle.IsClosedAsync(cancellation)) return LoginResult.Throttled.Counted();

        var matches = await hasher.VerifyAsync(octets, claimant.Credentials?.Password, cancellation);

        // Hashing waits its turn: what was true when it began need not be true any more.
        var hashed = claimant.Credentials;
        claimant = await FindAsync(user, cancellation);
        var good = matches && IsSame(claimant.Credentials, hashed) && claimant.MayLogIn;
        var result = await ConcludeAsync(claimant, throttle, attempt, good, cancellation);
        if (result.Outcome != LoginOutcome.Accepted) return result;
        verified.Remember(claimant.Credentials!.Id, claimant.Credentials.Version, octets!);
        if (claimant.Credentials.Password is { } kept and not { Argon2Id: not null, Scram: not null }) _ = CompleteAsync(claimant.Credentials, kept, octets!);
        return result;
    }

    public async Task<ScramLogin?> BeginScramAsync(string clientFirst, SessionOrigin attempt, CancellationToken cancellation)
    {
        var exchange = ScramExchange.TryBegin(clientFirst);
        if (exchange is null) return null;

        var claimant = await FindAsync(exchange.User, cancellation);
        var throttle = new LoginThrottle(grains, time, claimant.CountedAs, attempt.ClientAddress);
        var verifier = claimant.Credentials?.Password?.Scram ?? ScramVerifiers.Fake(claimant.Name, options);
        return new ScramLogin(exchange, exchange.Challenge(verifier), async (proven, leaving) =>
        {
            // Clients may take their time: what was true when they began need not be true any more.
            var now = await FindAsync(exchange.User, leaving);
            var unchanged = now.Credentials?.Id == claimant.Credentials?.Id && IsSame(now.Credentials?.Password?.Scram, claimant.Credentials?.Password?.Scram);
            return await ConcludeAsync(now, throttle, attempt, proven && unchanged && now.MayLogIn, leaving);
        });
    }

    public void ReportLimit(LoginResult accepted, SessionOrigin attempt)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        _ = RecordAsync(accepted.Account, new AccountEvent
        {
            Type = AccountEventType.LoginFailed,
            Origin = attempt with { Actor = accepted.Account, Login = accepted.Login, Memberships = accepted.Memberships },
            Operation = BlobId.Of(Encoding.UTF8.GetBytes($"login limit {accepted.Account} {attempt.ClientAddress} {minute}")),
            Address = accepted.Login,
            Failure = LoginFailure.Limit,
        });
    }

    /// <summary>Whether the account is the same, and the verifier its password was checked against.</summary>
    private static bool IsSame(AccountCredentials? now, AccountCredentials? then) =>
        now?.Id == then?.Id
        && (then?.Password?.Argon2Id is { } hash ? hash == now?.Password?.Argon2Id : IsSame(now?.Password?.Scram, then?.Password?.Scram));

    private static bool IsSame(ScramVerifier? one, ScramVerifier? other) =>
        one is not null && other is not null && CryptographicOperations.FixedTimeEquals(one.StoredKey, other.StoredKey);

    /// <summary>An event without groups says that there were none: without knowing them nobody gets in.</summary>
    private async Task<LoginResult> AcceptedAsync(AccountCredentials credentials, CancellationToken cancellation)
    {
        var memberships = await Patience.CallAsync(time, grains.GetGrain<IAccountGrain>(credentials.Id.Value).GetMembershipsAsync, cancellation);
        return new LoginResult(LoginOutcome.Accepted, credentials.Id, credentials.Login, memberships);
    }

    private async Task<LoginResult> ConcludeAsync(Claimant claimant, LoginThrottle throttle, SessionOrigin attempt, bool good, CancellationToken cancellation)
    {
        if (!await throttle.SettleAsync(good, cancellation)) return LoginResult.Throttled.Counted();
        if (good) return (await AcceptedAsync(claimant.Credentials!, cancellation)).Counted();
        if (claimant.Credentials is not null) _ = ReportAsync(claimant.Name, claimant.Credentials, attempt);
        return LoginResult.Rejected.Counted();
    }

    /// <summary>After an import one of the verifiers may be missing; now the password is there to make it. The login does not wait for it.</summary>
    private async Task CompleteAsync(AccountCredentials credentials, PasswordVerifiers kept, byte[] octets)
    {
        try
        {
            var whole = await hasher.CompleteAsync(octets, kept, CancellationToken.None);
            var version = await grains.GetGrain<IAccountGrain>(credentials.Id.Value).CompletePasswordAsync(credentials.Version, whole);
            if (version is { } completed) verified.Remember(credentials.Id, completed, octets);
        }
        catch (Exception failure)
        {
            // The next login tries again.
            Log.VerifierNotAdded(logger, failure, credentials.Id);
        }
    }

    /// <summary>The same calls whether there is such an account or not: for a name without one, an account that is none is asked.</summary>
    private async Task<Claimant> FindAsync(string user, CancellationToken cancellation)
    {
        var name = Claimant.NameOf(user);
        var target = await Patience.CallAsync(time, grains.GetGrain<IAddressGrain>(name).ResolveAsync, cancellation);
        var account = grains.GetGrain<IAccountGrain>(target?.Account?.Value ?? Nobody(name));
        var credentials = await Patience.CallAsync(time, account.GetCredentialsAsync, cancellation);
        return new Claimant(name, credentials, target is { Disabled: true });
    }

    private Guid Nobody(string name) => new(HMACSHA256.HashData(options.FakeSaltKey.Span, Encoding.UTF8.GetBytes("account " + name))[..16]);

    /// <summary>Nobody waits for it: the answer to a wrong password must not take longer where there is a mailbox to write to.</summary>
    private Task ReportAsync(string name, AccountCredentials credentials, SessionOrigin attempt) => RecordAsync(credentials.Id, new AccountEvent
    {
        Type = AccountEventType.LoginFailed,
        Origin = attempt,
        Address = name,
        Failure = credentials.Disabled ? LoginFailure.Disabled : LoginFailure.Credentials,
    });

    private async Task RecordAsync(AccountId account, AccountEvent failed)
    {
        try
        {
            await grains.GetGrain<IMailboxGrain>(account.Value).RecordAsync(failed);
        }
        catch (Exception failure)
        {
            Log.FailureNotRecorded(logger, failure, account);
        }
    }
}
