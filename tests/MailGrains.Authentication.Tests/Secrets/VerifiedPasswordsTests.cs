using MailGrains.Model;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Authentication.Tests.Secrets;

public sealed class VerifiedPasswordsTests
{
    private static readonly AuthenticationOptions Options = new() { VerifiedFor = TimeSpan.FromMinutes(10) };

    private readonly FakeTimeProvider _time = new();
    private readonly VerifiedPasswords _verified;
    private readonly AccountId _account = new(Guid.NewGuid());

    public VerifiedPasswordsTests()
    {
        _verified = new VerifiedPasswords(Options, _time);
        _verified.Remember(_account, 7, "secret"u8);
    }

    [Fact]
    public void Only_the_same_password_of_the_same_account_is_known()
    {
        Assert.True(_verified.IsKnown(_account, 7, "secret"u8));
        Assert.False(_verified.IsKnown(_account, 7, "secreT"u8));
        Assert.False(_verified.IsKnown(new AccountId(Guid.NewGuid()), 7, "secret"u8));
        Assert.True(_verified.IsKnown(_account, 7, "secret"u8));
    }

    [Fact]
    public void A_change_of_the_account_voids_it()
    {
        Assert.False(_verified.IsKnown(_account, 8, "secret"u8));
        Assert.False(_verified.IsKnown(_account, 7, "secret"u8));
    }

    [Fact]
    public void It_is_known_for_its_time_and_use_does_not_prolong_it()
    {
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(_verified.IsKnown(_account, 7, "secret"u8));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_verified.IsKnown(_account, 7, "secret"u8));
    }
}
