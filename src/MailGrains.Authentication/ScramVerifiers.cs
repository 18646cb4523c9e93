using System.Security.Cryptography;
using System.Text;
using MailGrains.Model.Accounts;

namespace MailGrains.Authentication;

/// <summary>SCRAM-SHA-256 verifiers (RFC 5802 section 3, RFC 7677).</summary>
public static class ScramVerifiers
{
    private const int KeyLength = 32;

    public static ScramVerifier Create(ReadOnlySpan<byte> password, byte[] salt, int iterations)
    {
        Span<byte> salted = stackalloc byte[KeyLength];
        Rfc2898DeriveBytes.Pbkdf2(password, salt, salted, iterations, HashAlgorithmName.SHA256);
        return Of(salted, salt, iterations);
    }

    /// <summary>Verifiers of many passwords with salts of their own; at most <see cref="ScramBatch.Lanes"/>.</summary>
    internal static ScramVerifier[] Create(byte[][] passwords, byte[][] salts, int iterations)
    {
        var salted = ScramBatch.Salt(passwords, salts, iterations);
        return [.. salted.Select((key, i) => Of(key, salts[i], iterations))];
    }

    /// <summary>Whether it is the verifier of this password.</summary>
    public static bool Matches(this ScramVerifier verifier, ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Create(password, verifier.Salt, verifier.Iterations).StoredKey, verifier.StoredKey);

    private static ScramVerifier Of(ReadOnlySpan<byte> salted, byte[] salt, int iterations)
    {
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return new ScramVerifier(salt, iterations, SHA256.HashData(clientKey), serverKey);
    }

    /// <summary>What an unknown user is shown: always the same salt for the same name, and keys that nothing matches.</summary>
    /// <param name="name">Canonical and whole: two names that can't be the same account must not be shown the same salt.</param>
    public static ScramVerifier Fake(string name, AuthenticationOptions options)
    {
        var seed = HMACSHA256.HashData(options.FakeSaltKey.Span, Encoding.UTF8.GetBytes(name));
        return new ScramVerifier(seed[..16], options.ScramIterations, RandomNumberGenerator.GetBytes(KeyLength), RandomNumberGenerator.GetBytes(KeyLength));
    }
}
