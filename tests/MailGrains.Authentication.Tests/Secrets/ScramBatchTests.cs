using System.Security.Cryptography;
using System.Text;

namespace MailGrains.Authentication.Tests.Secrets;

public sealed class ScramBatchTests
{
    /// <summary>Around the length of a block of SHA-256, in every lane, and with lanes left empty.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 3)]
    [InlineData(ScramBatch.Lanes, 1000)]
    public void Every_lane_gives_what_PBKDF2_gives(int count, int iterations)
    {
        int[] lengths = [1, 8, 31, 32, 33, 55, 56, 63, 64, 65, 100, 128, 500, 1024, 12, 5];
        var passwords = Enumerable.Range(0, count).Select(i => RandomNumberGenerator.GetBytes(lengths[i])).ToArray();
        var salts = Enumerable.Range(0, count).Select(i => RandomNumberGenerator.GetBytes(16 + i)).ToArray();
        var keys = ScramBatch.Salt(passwords, salts, iterations);
        Assert.Equal(count, keys.Length);
        for (var i = 0; i < count; i++)
            Assert.Equal(Rfc2898DeriveBytes.Pbkdf2(passwords[i], salts[i], iterations, HashAlgorithmName.SHA256, 32), keys[i]);
    }

    /// <summary>RFC 7677 section 3, in each lane.</summary>
    [Fact]
    public void The_verifiers_are_those_of_the_RFC()
    {
        var passwords = Enumerable.Repeat("pencil"u8.ToArray(), ScramBatch.Lanes).ToArray();
        var salts = Enumerable.Repeat(Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), ScramBatch.Lanes).ToArray();
        var one = ScramVerifiers.Create("pencil"u8, salts[0], 4096);
        Assert.All(ScramVerifiers.Create(passwords, salts, 4096), verifier => Assert.Equal(one.ToString(), verifier.ToString()));
    }

    [Fact]
    public async Task Many_at_once_get_salts_of_their_own_and_match_their_own_passwords()
    {
        using var hasher = new PasswordHasher(new AuthenticationOptions { ScramIterations = 50 });
        var passwords = Enumerable.Range(0, 40).Select(i => Encoding.UTF8.GetBytes($"password {i}")).ToArray();
        var verifiers = await hasher.CreateManyAsync(passwords, TestContext.Current.CancellationToken);
        Assert.Equal(40, verifiers.Select(v => Convert.ToHexString(v.Scram!.Salt)).Distinct().Count());
        var pairs = passwords.Zip(verifiers).ToArray();
        var matches = await hasher.MatchManyAsync(pairs, TestContext.Current.CancellationToken);
        Assert.All(matches, Assert.True);
        var shifted = passwords.Skip(1).Append(passwords[0]).Zip(verifiers).ToArray();
        Assert.All(await hasher.MatchManyAsync(shifted, TestContext.Current.CancellationToken), Assert.False);
    }
}
