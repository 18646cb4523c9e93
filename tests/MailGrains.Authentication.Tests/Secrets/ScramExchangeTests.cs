using System.Text;
using MailGrains.Model.Accounts;

namespace MailGrains.Authentication.Tests.Secrets;

/// <summary>RFC 5802 and RFC 7677.</summary>
public sealed class ScramExchangeTests
{
    private const string ClientNonce = "rOprNGfwEbeRWgbNEkqO";
    private const string ServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    private static readonly ScramVerifier Pencil = ScramVerifiers.Create("pencil"u8, Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);

    /// <summary>RFC 7677 section 3.</summary>
    [Fact]
    public void The_exchange_of_the_RFC()
    {
        var exchange = ScramExchange.TryBegin($"n,,n=user,r={ClientNonce}")!;
        Assert.Equal("user", exchange.User);
        Assert.Equal($"r={ClientNonce}{ServerNonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", exchange.Challenge(Pencil, ServerNonce));
        Assert.Equal(
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
            exchange.Finish($"c=biws,r={ClientNonce}{ServerNonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
    }

    [Theory]
    [InlineData("n,,", "user@example.org")]
    [InlineData("y,,", "user@example.org")] // right as long as no mechanism with channel binding is offered
    [InlineData("n,a=user@example.org,", "user@example.org")]
    [InlineData("n,a=USER@example.org,", "user@example.org")]
    [InlineData("n,,", "a=2Cb=3Dc@example.org")]
    public void A_client_that_knows_the_password_gets_in_and_is_shown_that_the_server_does(string gs2Header, string user)
    {
        var client = new ScramClient(user, "pencil", gs2Header);
        var exchange = ScramExchange.TryBegin(client.First)!;
        var serverFinal = exchange.Finish(client.Final(exchange.Challenge(Pencil)));
        Assert.Equal(client.ExpectedServerFinal, serverFinal);
    }

    [Theory]
    [InlineData("a=3D2Cb", "a=2Cb")]
    [InlineData("a=2C=3D", "a,=")]
    [InlineData("a\u0001b", "a\u0001b")]
    public void Names_are_unescaped_once(string escaped, string name) =>
        Assert.Equal(name, ScramExchange.TryBegin($"n,,n={escaped},r={ClientNonce}")!.User);

    [Theory]
    [InlineData("")]
    [InlineData("n,,")]
    [InlineData("n,,n=user")]
    [InlineData("n=user,r=rOprNGfwEbeRWgbNEkqO")]
    [InlineData("p=tls-unique,,n=user,r=rOprNGfwEbeRWgbNEkqO")] // not offered
    [InlineData("x,,n=user,r=rOprNGfwEbeRWgbNEkqO")]
    [InlineData("n,,m=1,n=user,r=rOprNGfwEbeRWgbNEkqO")] // a mandatory extension
    [InlineData("n,,n=,r=rOprNGfwEbeRWgbNEkqO")]
    [InlineData("n,,n=us=er,r=rOprNGfwEbeRWgbNEkqO")]
    [InlineData("n,,n=us=2cer,r=rOprNGfwEbeRWgbNEkqO")]
    [InlineData("n,,n=user\0,r=rOprNGfwEbeRWgbNEkqO")]
    [InlineData("n,,n=user,r=")]
    [InlineData("n,,n=user,r=short")]
    [InlineData("n,,n=user,r=rOprNGfwEbe\u00e9RWgbNEkqO")]
    [InlineData("n,a=admin,n=user,r=rOprNGfwEbeRWgbNEkqO")]
    [InlineData("n,user,n=user,r=rOprNGfwEbeRWgbNEkqO")]
    public void What_is_no_first_message_is_refused(string first) => Assert.Null(ScramExchange.TryBegin(first));

    [Theory]
    [InlineData("proof")]
    [InlineData("nonce")]
    [InlineData("binding")]
    [InlineData("no proof")]
    [InlineData("long proof")]
    [InlineData("extension")]
    [InlineData("empty")]
    public void A_final_message_that_was_touched_is_refused(string where)
    {
        var client = new ScramClient("user", "pencil");
        var exchange = ScramExchange.TryBegin(client.First)!;
        var final = client.Final(exchange.Challenge(Pencil));
        var proof = final[^44..];
        var touched = where switch
        {
            "proof" => final[..^44] + (proof[0] == 'A' ? 'B' : 'A') + proof[1..],
            "nonce" => final.Replace(",p=", "x,p=", StringComparison.Ordinal),
            "binding" => final.Replace("c=biws", "c=eSws", StringComparison.Ordinal), // y,, instead of n,,: a downgrade
            "no proof" => final[..^47],
            "long proof" => final[..^44] + Convert.ToBase64String(new byte[4000]),
            "extension" => final.Replace(",p=", ",x=1,p=", StringComparison.Ordinal), // not covered by the proof
            _ => "",
        };
        Assert.Null(exchange.Finish(touched));
    }

    [Fact]
    public void A_recorded_answer_is_worth_nothing_later()
    {
        var client = new ScramClient("user", "pencil");
        var first = ScramExchange.TryBegin(client.First)!;
        var final = client.Final(first.Challenge(Pencil));
        Assert.NotNull(first.Finish(final));
        Assert.Null(first.Finish(final));

        var second = ScramExchange.TryBegin(client.First)!;
        second.Challenge(Pencil);
        Assert.Null(second.Finish(final));
    }

    [Fact]
    public void Without_a_challenge_there_is_nothing_to_finish() =>
        Assert.Null(ScramExchange.TryBegin($"n,,n=user,r={ClientNonce}")!.Finish($"c=biws,r={ClientNonce},p={Convert.ToBase64String(new byte[32])}"));

    [Fact]
    public void The_salt_shown_for_an_unknown_user_is_stable_and_needs_the_key_to_be_foretold()
    {
        var options = new AuthenticationOptions { FakeSaltKey = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef") };
        var one = ScramVerifiers.Fake("u@x", options);
        Assert.Equal(one.Salt, ScramVerifiers.Fake("u@x", options).Salt);
        Assert.NotEqual(one.Salt, ScramVerifiers.Fake("v@x", options).Salt);
        Assert.NotEqual(one.Salt, ScramVerifiers.Fake("u@x", new AuthenticationOptions()).Salt);
        Assert.NotEqual(ScramVerifiers.Fake("u@x", new AuthenticationOptions()).Salt, ScramVerifiers.Fake("u@x", new AuthenticationOptions()).Salt);
        Assert.Equal((Pencil.Salt.Length, options.ScramIterations), (one.Salt.Length, one.Iterations));
    }
}
