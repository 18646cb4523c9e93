using MailGrains.Model.Accounts;

namespace MailGrains.Authentication.Tests.Secrets;

public sealed class ImportedPasswordTests
{
    private const string Argon2 = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$/DO3gTkjHTS3Fia9YkXB1y76GQrWBcPYFmpyrc7fosI";

    private static readonly string Scram = ScramVerifiers.Create("pencil"u8, new byte[16], 4096).ToString();

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("{PLAIN}{SHA}x", "{SHA}x")]
    [InlineData("{not a scheme}x", "{not a scheme}x")]
    [InlineData("{", "{")]
    [InlineData("{}", "{}")]
    public void Clear_text_is_the_password(string text, string password)
    {
        Assert.True(ImportedPassword.TryParse(text, 100, out var read, out _));
        Assert.Equal(password, System.Text.Encoding.UTF8.GetString(read.Clear!));
        Assert.Null(read.Verifiers);
    }

    [Fact]
    public void Hashes_are_taken_as_they_are()
    {
        Assert.True(ImportedPassword.TryParse("{argon2id}" + Argon2, 100, out var hashed, out _));
        Assert.Equal((Argon2, null), (hashed.Verifiers!.Argon2Id, hashed.Verifiers.Scram));
        Assert.True(ImportedPassword.TryParse("{SCRAM-SHA-256}" + Scram, 100, out var scram, out _));
        Assert.Equal((null, Scram), (scram.Verifiers!.Argon2Id, scram.Verifiers.Scram!.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    [InlineData("{PLAIN}")]
    [InlineData("{SHA512-CRYPT}$6$x$y")]
    [InlineData("{ARGON2ID}$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$/DO3gTkjHTS3Fia9YkXB1y76GQrWBcPYFmpyrc7fosI")]
    [InlineData("{ARGON2ID}$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$/DO3gTkjHTS3Fia9YkXB1y76GQrWBcPYFmpyrc7fosI")]
    [InlineData("{SCRAM-SHA-256}4096,AAAA,AAAA,AAAA")]
    [InlineData("{SCRAM-SHA-256}1000,AAAA,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("{SCRAM-SHA-256}9999999,AAAA,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_could_never_let_anybody_in_or_costs_too_much_is_refused(string text)
    {
        Assert.False(ImportedPassword.TryParse(text, 100, out _, out var wrong));
        Assert.NotEmpty(wrong);
    }

    [Fact]
    public void A_verifier_is_read_back_as_written()
    {
        Assert.True(ScramVerifier.TryParse(Scram, out var verifier));
        Assert.Equal(Scram, verifier.ToString());
        for (var length = 0; length < Scram.Length; length++) Assert.False(ScramVerifier.TryParse(Scram[..length], out _));
    }
}
