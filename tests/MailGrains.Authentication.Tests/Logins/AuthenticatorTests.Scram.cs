using MailGrains.Frontends.Authentication;
using MailGrains.Grains.Contracts.Sessions;

namespace MailGrains.Authentication.Tests.Logins;

/// <content>SCRAM-SHA-256.</content>
public sealed partial class AuthenticatorTests
{
    [Fact]
    public async Task SCRAM_lets_in_who_has_the_password_and_nobody_else()
    {
        var (account, login) = await NewUserAsync();
        Assert.Equal((LoginOutcome.Accepted, login), (await ScramAsync(login, Right, NewPlace())) is var good ? (good.Outcome, good.Login) : default);
        Assert.Equal(LoginResult.Rejected, await ScramAsync(login, "wrong", NewPlace()));
        Assert.Equal(LoginResult.Rejected, await ScramAsync("nobody@example.org", Right, NewPlace()));
        await account.SetDisabledAsync(true);
        Assert.Equal(LoginResult.Rejected, await ScramAsync(login, Right, NewPlace()));
        Assert.Equal(0, _hashed - 1);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("password")]
    [InlineData("deleted")]
    public async Task A_SCRAM_exchange_does_not_outlive_what_it_began_with(string change)
    {
        var (account, login) = await NewUserAsync();
        var client = new ScramClient(login, Right);
        var exchange = (await _logins.BeginScramAsync(client.First, NewPlace(), Cancellation))!;
        await (change switch
        {
            "disabled" => account.SetDisabledAsync(true),
            "password" => account.SetPasswordAsync(await VerifiersAsync("another")),
            _ => account.DeleteAsync(),
        });
        var (result, serverFinal) = await exchange.FinishAsync(client.Final(exchange.Challenge), Cancellation);
        Assert.Equal((LoginResult.Rejected, null), (result, serverFinal));
    }

    [Fact]
    public async Task A_burst_of_SCRAM_guesses_gets_five_verdicts_and_a_burst_of_good_ones_gets_in()
    {
        var (_, login) = await NewUserAsync();
        var good = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ScramAsync(login, Right, NewPlace())));
        Assert.All(good, result => Assert.Equal(LoginOutcome.Accepted, result.Outcome));
        var guesses = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => ScramAsync(login, $"guess {i}", NewPlace())));
        Assert.Equal(5, guesses.Count(g => g.Outcome == LoginOutcome.Rejected));
    }

    [Fact]
    public async Task Salts_do_not_tell_who_exists()
    {
        var (_, login) = await NewUserAsync();
        async Task<string> SaltAsync(string name) =>
            ScramClient.SaltOf((await _logins.BeginScramAsync(new ScramClient(name, "x").First, NewPlace(), Cancellation))!.Challenge);
        foreach (var name in new[] { login, "nobody@example.org" })
        {
            var salt = await SaltAsync(name);
            Assert.Equal(salt, await SaltAsync(name));
            Assert.Equal(salt, await SaltAsync(name.ToUpperInvariant() + "."));
            Assert.NotEqual(salt, await SaltAsync(name.Replace("@", "+x@", StringComparison.Ordinal)));
            Assert.Equal(26, salt.Length); // "s=" and 16 octets
        }
    }

    private async Task<LoginResult> ScramAsync(string user, string password, SessionOrigin place)
    {
        var client = new ScramClient(user, password);
        var exchange = (await _logins.BeginScramAsync(client.First, place, Cancellation))!;
        var (result, serverFinal) = await exchange.FinishAsync(client.Final(exchange.Challenge), Cancellation);
        Assert.Equal(result.Outcome == LoginOutcome.Accepted ? client.ExpectedServerFinal : null, serverFinal);
        return result;
    }
}
