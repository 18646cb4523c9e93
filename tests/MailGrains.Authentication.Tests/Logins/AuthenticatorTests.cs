using System.Security.Cryptography;
using System.Text;
using MailGrains.Frontends.Authentication;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model.Accounts;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Authentication.Tests.Logins;

public sealed partial class AuthenticatorTests : IClassFixture<DirectoryCluster>, IDisposable
{
    private const string Right = "correct horse";

    private static int _networks;

    private readonly AuthenticationOptions _options = new() { ScramIterations = 4096, Argon2Concurrency = 4 };
    private readonly DirectoryCluster _cluster;
    private readonly PasswordHasher _hasher;
    private readonly Authenticator _logins;
    private int _hashed;
    private Func<Task>? _whileHashing;

    public AuthenticatorTests(DirectoryCluster cluster)
    {
        _cluster = cluster;

        // What argon2id costs is not what is tested here; how often it is computed is.
        _hasher = new PasswordHasher(_options, (password, parameters) =>
        {
            Interlocked.Increment(ref _hashed);
            Interlocked.Exchange(ref _whileHashing, null)?.Invoke().Wait(Cancellation);
            return HMACSHA256.HashData(parameters.Salt, password);
        });
        _logins = NewNode();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _hasher.Dispose();

    [Fact]
    public async Task One_account_answers_to_every_spelling_of_its_addresses()
    {
        var (account, login) = await NewUserAsync();
        var alias = _cluster.NewAddress();
        await account.AddAddressAsync(alias);
        foreach (var name in new[] { login, login.ToUpperInvariant(), login + ".", alias.Key })
        {
            var result = await LoginAsync(name, Right);
            Assert.Equal((LoginOutcome.Accepted, DirectoryCluster.IdOf(account), login), (result.Outcome, result.Account, result.Login));
        }

        foreach (var name in new[] { login + "..", login.Replace("@", "+x@", StringComparison.Ordinal), login[..login.IndexOf('@')], " " + login })
            Assert.Equal(LoginOutcome.Rejected, (await LoginAsync(name, Right)).Outcome);
    }

    [Fact]
    public async Task A_login_brings_the_groups_and_roles_of_that_moment()
    {
        var (account, login) = await NewUserAsync();
        Assert.Null((await LoginAsync(login, Right)).Memberships);
        var (team, company) = ($"team {login[..login.IndexOf('@')]}", $"company {login[..login.IndexOf('@')]}");
        foreach (var group in new[] { team, company }) await _cluster.Whole.CreateGroupAsync(group, null);
        await _cluster.Whole.AddMemberAsync(team, DirectoryCluster.IdOf(account));
        await _cluster.Whole.AddMemberAsync(company, (await _cluster.Whole.GetGroupAsync(team)).Id);
        await _cluster.Whole.GrantAsync("auditor", (await _cluster.Whole.GetGroupAsync(company)).Id);

        var held = (await LoginAsync(login, Right)).Memberships!;
        Assert.Equal([company, team], held.Groups);
        Assert.Equal(["auditor"], held.Roles);
        await _cluster.Whole.RevokeAsync("auditor", (await _cluster.Whole.GetGroupAsync(company)).Id);
        Assert.Empty((await ScramAsync(login, Right, NewPlace())).Memberships!.Roles);
    }

    [Fact]
    public async Task Every_refusal_costs_the_same_one_hash_and_says_the_same()
    {
        var (_, login) = await NewUserAsync();
        var (disabled, disabledLogin) = await NewUserAsync();
        await disabled.SetDisabledAsync(true);
        var mailOnly = _cluster.NewAddress();
        await _cluster.NewAccount().CreateAsync(mailOnly, null);

        var attempts = new (string User, string Password)[]
        {
            (login, "wrong"), ("nobody@example.org", "wrong"), (disabledLogin, Right), (disabledLogin, "wrong"), (mailOnly.Key, ""),
            (mailOnly.Key, "wrong"), ("' OR 1=1--", "wrong"), (login, ""), (login, "a\0b"), (login, new string('x', 1_000_000)), ("", ""),
        };
        foreach (var (user, password) in attempts)
        {
            var before = _hashed;
            Assert.Equal(LoginResult.Rejected, await LoginAsync(user, password));
            Assert.Equal(1, _hashed - before);
        }
    }

    [Fact]
    public async Task A_remembered_password_is_not_hashed_again_until_the_account_changes()
    {
        var (account, login) = await NewUserAsync();
        await LoginAsync(login, Right);
        var before = _hashed;
        Assert.Equal(LoginOutcome.Accepted, (await LoginAsync(login, Right)).Outcome);
        Assert.Equal(before, _hashed);

        await account.SetPasswordAsync(await VerifiersAsync("another"));
        Assert.Equal(LoginOutcome.Rejected, (await LoginAsync(login, Right)).Outcome);
        Assert.Equal(LoginOutcome.Accepted, (await LoginAsync(login, "another")).Outcome);

        await account.SetDisabledAsync(true);
        Assert.Equal(LoginOutcome.Rejected, (await LoginAsync(login, "another")).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_changed_while_a_password_waits_to_be_hashed_counts(bool disabled)
    {
        var (account, login) = await NewUserAsync();
        var another = await VerifiersAsync("another");
        _whileHashing = () => disabled ? account.SetDisabledAsync(true) : account.SetPasswordAsync(another);
        Assert.Equal(LoginOutcome.Rejected, (await LoginAsync(login, Right)).Outcome);
        Assert.Null(_whileHashing);
    }

    [Fact]
    public async Task A_thousand_guesses_over_fifty_connections_get_five_verdicts()
    {
        var (_, login) = await NewUserAsync();
        var nodes = new[] { NewNode(), NewNode() };
        var told = await Task.WhenAll(Enumerable.Range(0, 50).Select(async connection =>
        {
            var verdicts = 0;
            for (var i = 0; i < 20; i++)
            {
                var result = await nodes[connection % 2].LoginAsync(login, $"guess {connection} {i}", NewPlace(), Cancellation);
                if (result.Outcome != LoginOutcome.Throttled) verdicts++;
            }

            return verdicts;
        }));
        Assert.Equal(5, told.Sum());
        Assert.Equal(LoginOutcome.Throttled, (await LoginAsync(login, Right)).Outcome);
    }

    [Fact]
    public async Task A_patient_guesser_gets_about_one_verdict_a_minute()
    {
        var (_, login) = await NewUserAsync();
        var perMinute = new int[30];
        for (var second = 0; second < 60 * perMinute.Length; second++)
        {
            if ((await LoginAsync(login, "wrong")).Outcome == LoginOutcome.Rejected) perMinute[second / 60]++;
            _cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(perMinute[0], 5, 11);
        Assert.All(perMinute.Skip(3), verdicts => Assert.InRange(verdicts, 0, 2));
        Assert.InRange(perMinute.Skip(3).Sum(), 20, 30);
    }

    [Theory]
    [InlineData("198.51.100.7", "::ffff:198.51.100.7")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    public async Task Guessing_at_many_names_from_one_place_ends_too(string one, string another)
    {
        var (_, login) = await NewUserAsync();
        var told = 0;
        for (var i = 0; i < 100; i++)
        {
            var attempt = From(i % 2 == 0 ? one : another);
            if ((await _logins.LoginAsync($"nobody{i}@example.org", "wrong", attempt, Cancellation)).Outcome == LoginOutcome.Rejected) told++;
        }

        Assert.Equal(20, told);
        Assert.Equal(LoginOutcome.Throttled, (await _logins.LoginAsync(login, Right, From(one), Cancellation)).Outcome);
        Assert.Equal(LoginOutcome.Accepted, (await LoginAsync(login, Right)).Outcome);
    }

    [Fact]
    public async Task Who_uses_the_account_is_not_locked_out_by_who_attacks_it()
    {
        var (_, login) = await NewUserAsync();
        var home = NewPlace();
        Assert.Equal(LoginOutcome.Accepted, (await _logins.LoginAsync(login, Right, home, Cancellation)).Outcome);
        await AttackAsync(login);

        // The password is remembered on this node, wherever it comes from; the place is known to all nodes, and to SCRAM.
        Assert.Equal(LoginOutcome.Accepted, (await LoginAsync(login, Right)).Outcome);
        Assert.Equal(LoginOutcome.Accepted, (await NewNode().LoginAsync(login, Right, home, Cancellation)).Outcome);
        await AttackAsync(login);
        Assert.Equal(LoginOutcome.Accepted, (await ScramAsync(login, Right, home)).Outcome);
        Assert.Equal(LoginOutcome.Accepted, (await ScramAsync(login, Right, home)).Outcome);
    }

    [Fact]
    public async Task A_good_login_forgives_and_time_forgives()
    {
        var (_, login) = await NewUserAsync();
        for (var i = 0; i < 4; i++) await LoginAsync(login, "mistyped");
        Assert.Equal(LoginOutcome.Accepted, (await LoginAsync(login, Right)).Outcome);
        await AttackAsync(login);
        _cluster.Clock.Advance(TimeSpan.FromMinutes(6));
        for (var i = 0; i < 5; i++) Assert.Equal(LoginOutcome.Rejected, (await LoginAsync(login, "mistyped")).Outcome);
    }

    [Fact]
    public async Task Failures_of_existing_accounts_are_in_their_log_as_often_as_they_were_told()
    {
        var (account, login) = await NewUserAsync();
        var place = NewPlace() with { AuthMechanism = "PLAIN", ClientPort = 4711 };
        await _logins.LoginAsync(login.ToUpperInvariant(), "wrong", place, Cancellation);
        await ScramAsync(login, "wrong", place with { AuthMechanism = "SCRAM-SHA-256" });
        await AttackAsync(login);
        await account.SetDisabledAsync(true);
        _cluster.Clock.Advance(TimeSpan.FromHours(1));
        await LoginAsync(login, Right);

        var failed = await FailuresAsync(account, 6);
        Assert.Equal(6, failed.Count);
        Assert.Equal("PLAIN", failed[0].GetProperty("authMechanism").GetString());
        Assert.Equal(login, failed[0].GetProperty("login").GetString());
        Assert.Equal("credentials", failed[0].GetProperty("reason").GetString());
        Assert.Equal(place.ClientAddress, failed[0].GetProperty("session").GetProperty("clientIp").GetString());
        Assert.Equal(4711, failed[0].GetProperty("session").GetProperty("clientPort").GetInt32());
        Assert.False(failed[0].TryGetProperty("actor", out _));
        Assert.Equal("SCRAM-SHA-256", failed[1].GetProperty("authMechanism").GetString());
        Assert.Equal("disabled", failed[5].GetProperty("reason").GetString());
        Assert.DoesNotContain("wrong", failed[0].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_does_not_wait_for_the_log()
    {
        var (_, login) = await NewUserAsync();
        _cluster.Committer.IsBroken = true;
        Assert.Equal(LoginOutcome.Rejected, (await LoginAsync(login, "wrong")).Outcome);
        Assert.Equal(LoginOutcome.Accepted, (await LoginAsync(login, Right)).Outcome);
        _cluster.Committer.IsBroken = false;
    }

    private static SessionOrigin From(string address) => new() { Service = "imap", ClientAddress = address };

    /// <summary>Somewhere nobody has come from yet.</summary>
    private static SessionOrigin NewPlace()
    {
        var number = Interlocked.Increment(ref _networks);
        return From($"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}");
    }

    private Authenticator NewNode() => new(
        _cluster.Grains, _hasher, new VerifiedPasswords(_options, _cluster.Clock), _options, _cluster.Clock, NullLogger<Authenticator>.Instance);

    private Task<LoginResult> LoginAsync(string user, string password) => _logins.LoginAsync(user, password, NewPlace(), Cancellation);

    private async Task AttackAsync(string login)
    {
        LoginResult last;
        do last = await LoginAsync(login, "wrong");
        while (last.Outcome != LoginOutcome.Throttled);
    }

    private async Task<(IAccountGrain Account, string Login)> NewUserAsync()
    {
        var (account, address) = (_cluster.NewAccount(), _cluster.NewAddress());
        await account.CreateAsync(address, await VerifiersAsync(Right));
        return (account, address.Key);
    }

    private Task<PasswordVerifiers> VerifiersAsync(string password) => _hasher.CreateAsync(Encoding.UTF8.GetBytes(password), Cancellation);

    /// <summary>They are written behind the answer, so a few may be on their way.</summary>
    private async Task<IReadOnlyList<System.Text.Json.JsonElement>> FailuresAsync(IAccountGrain account, int awaited)
    {
        while (true)
        {
            var failures = (await _cluster.EventsAsync(account)).Where(e => e.Type == nameof(AccountEventType.LoginFailed)).Select(e => e.Payload).ToList();
            if (failures.Count >= awaited) return failures;
            await _cluster.Mailbox(account).TotalsAsync();
        }
    }
}
