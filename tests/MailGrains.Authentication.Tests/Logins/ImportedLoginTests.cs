using MailGrains.Frontends.Authentication;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model.Accounts;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Authentication.Tests.Logins;

/// <summary>Accounts that came with one verifier only, and logins at two frontends of one cluster.</summary>
public sealed class ImportedLoginTests : IClassFixture<DirectoryCluster>, IDisposable
{
    private static int _networks;

    private readonly AuthenticationOptions _options = new() { ScramIterations = 4096, Argon2MemoryKiB = 64, Argon2Iterations = 1 };
    private readonly DirectoryCluster _cluster;
    private readonly PasswordHasher _hasher;
    private readonly Authenticator _one;
    private readonly Authenticator _other;

    public ImportedLoginTests(DirectoryCluster cluster)
    {
        _cluster = cluster;
        _hasher = new PasswordHasher(_options);
        _one = NewFrontend();
        _other = NewFrontend();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _hasher.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_good_login_adds_the_verifier_that_is_missing(bool scramOnly)
    {
        var whole = await _hasher.CreateAsync("right"u8.ToArray(), Cancellation);
        var (account, login) = await CreateAsync(scramOnly ? whole with { Argon2Id = null } : whole with { Scram = null });
        Assert.Equal(LoginOutcome.Rejected, await LoginAsync(_one, login, "wrong"));
        Assert.Equal(scramOnly, (await PasswordAsync(account)).Argon2Id is null);
        Assert.Equal(LoginOutcome.Accepted, await LoginAsync(_one, login, "right"));
        await CompletedAsync(account);
        Assert.Equal(LoginOutcome.Accepted, await LoginAsync(_other, login, "right"));
        Assert.Equal(LoginOutcome.Rejected, await LoginAsync(_other, login, "wrong"));
        Assert.Equal(LoginOutcome.Accepted, await ScramAsync(login, "right"));
        Assert.Equal(["AccountCreate", "LoginFailed", "LoginFailed"], (await EventsAsync(account, 3)).Order());
    }

    [Fact]
    public async Task A_SCRAM_login_in_progress_is_not_disturbed_by_that()
    {
        var whole = await _hasher.CreateAsync("right"u8.ToArray(), Cancellation);
        var (account, login) = await CreateAsync(whole with { Argon2Id = null });
        var client = new ScramClient(login, "right");
        var exchange = (await _one.BeginScramAsync(client.First, NewPlace(), Cancellation))!;
        Assert.Equal(LoginOutcome.Accepted, await LoginAsync(_other, login, "right"));
        await CompletedAsync(account);
        Assert.Equal(LoginOutcome.Accepted, (await exchange.FinishAsync(client.Final(exchange.Challenge), Cancellation)).Result.Outcome);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("disabled")]
    [InlineData("deleted")]
    public async Task What_one_frontend_remembers_is_void_as_soon_as_the_account_changed_anywhere(string change)
    {
        var (account, login) = await CreateAsync(await _hasher.CreateAsync("right"u8.ToArray(), Cancellation));
        foreach (var frontend in new[] { _one, _other, _one, _other }) Assert.Equal(LoginOutcome.Accepted, await LoginAsync(frontend, login, "right"));
        var another = await _hasher.CreateAsync("another"u8.ToArray(), Cancellation);
        await (change switch
        {
            "password" => account.SetPasswordAsync(another),
            "disabled" => account.SetDisabledAsync(true),
            _ => account.DeleteAsync(),
        });
        foreach (var frontend in new[] { _one, _other }) Assert.Equal(LoginOutcome.Rejected, await LoginAsync(frontend, login, "right"));
        if (change == "password") Assert.Equal(LoginOutcome.Accepted, await LoginAsync(_other, login, "another"));
    }

    [Fact]
    public async Task Nobody_logs_in_by_an_address_of_a_disabled_domain()
    {
        var (account, login) = await CreateAsync(await _hasher.CreateAsync("right"u8.ToArray(), Cancellation));
        var elsewhere = DirectoryCluster.Address($"x{Guid.NewGuid():N}@example.net");
        await account.AddAddressAsync(elsewhere);
        await _cluster.Whole.SetDomainAsync(new DomainProfile("example.net", true));
        Assert.Equal(LoginOutcome.Rejected, await LoginAsync(_one, elsewhere.Key, "right"));
        Assert.Equal(LoginOutcome.Accepted, await LoginAsync(_one, login, "right"));
        await _cluster.Whole.SetDomainAsync(new DomainProfile("example.net", false));
        _cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(LoginOutcome.Accepted, await LoginAsync(_one, elsewhere.Key, "right"));
        await account.RemoveAddressAsync(elsewhere);
        await _cluster.Whole.RemoveDomainAsync("example.net");
    }

    private static SessionOrigin NewPlace() => new() { Service = "imap", ClientAddress = $"10.9.{Interlocked.Increment(ref _networks)}.1" };

    private Authenticator NewFrontend() => new(
        _cluster.Grains, _hasher, new VerifiedPasswords(_options, _cluster.Clock), _options, _cluster.Clock, NullLogger<Authenticator>.Instance);

    private async Task<(IAccountGrain Account, string Login)> CreateAsync(PasswordVerifiers verifiers)
    {
        var (account, address) = (_cluster.NewAccount(), _cluster.NewAddress());
        await account.CreateAsync(address, verifiers);
        return (account, address.Key);
    }

    private static async Task<PasswordVerifiers> PasswordAsync(IAccountGrain account) => (await account.GetCredentialsAsync())!.Password!;

    /// <summary>The login does not wait for it.</summary>
    private static async Task CompletedAsync(IAccountGrain account)
    {
        while (await PasswordAsync(account) is not { Argon2Id: not null, Scram: not null }) Cancellation.ThrowIfCancellationRequested();
    }

    private static async Task<LoginOutcome> LoginAsync(Authenticator frontend, string login, string password) =>
        (await frontend.LoginAsync(login, password, NewPlace(), Cancellation)).Outcome;

    private async Task<LoginOutcome> ScramAsync(string login, string password)
    {
        var client = new ScramClient(login, password);
        var exchange = (await _one.BeginScramAsync(client.First, NewPlace(), Cancellation))!;
        return (await exchange.FinishAsync(client.Final(exchange.Challenge), Cancellation)).Result.Outcome;
    }

    private async Task<IEnumerable<string>> EventsAsync(IAccountGrain account, int awaited)
    {
        while (true)
        {
            var events = await _cluster.EventsAsync(account);
            if (events.Count >= awaited) return events.Select(e => e.Type);
            await _cluster.Mailbox(account).TotalsAsync();
        }
    }
}
