using System.Security.Cryptography;
using System.Text;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>
/// Proves that a request comes from somebody who knows the secret, for the user it names. A request signs with the secret itself, or with a key made of it
/// for one user and a salt, which <c>system.keygen</c> gives to those who know the secret.
/// </summary>
internal sealed class RequestSignatures
{
    private const int HexDigits = 64;

    private readonly byte[] _secret;

    /// <exception cref="ArgumentException">There is no secret: anybody could sign.</exception>
    public RequestSignatures(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        _secret = Encoding.UTF8.GetBytes(secret);
    }

    /// <param name="salt">Null: the secret itself signed.</param>
    /// <param name="signature">hex(HMAC-SHA256(key, user ":" body))</param>
    public bool IsSigned(string user, string? salt, ReadOnlySpan<byte> body, string signature)
    {
        if (user.Length == 0 || signature.Length != HexDigits) return false;
        var given = new byte[HexDigits / 2];
        if (Convert.FromHexString(signature, given, out _, out _) != System.Buffers.OperationStatus.Done) return false;

        // The key is the text of what keygen returns, because that is what clients have.
        var key = salt is null ? _secret : IsSalt(salt) ? Encoding.ASCII.GetBytes(KeyFor(user, salt)) : null;
        if (key is null) return false;
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(user + ":"));
        hmac.AppendData(body);
        return CryptographicOperations.FixedTimeEquals(hmac.GetHashAndReset(), given);
    }

    /// <summary>The key of a user and a salt. It is of no use for other users, and tells nothing of the secret.</summary>
    public string KeyFor(string user, string salt) => Convert.ToHexStringLower(HKDF.DeriveKey(
        HashAlgorithmName.SHA256, _secret, 32, Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes("mailgrains changelog key for " + user)));

    /// <summary>What fits into a header and is not guessed.</summary>
    public static bool IsSalt(string salt) => salt.Length is >= 8 and <= 128 && salt.All(c => c is > ' ' and <= '~');
}
