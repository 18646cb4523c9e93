using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailGrains.Model.Accounts;

namespace MailGrains.Authentication;

/// <summary>
/// The server's side of one SCRAM-SHA-256 exchange without channel binding (RFC 5802 section 5): first message in, challenge out; final
/// message in, verdict and server signature out. Used once.
/// </summary>
public sealed class ScramExchange
{
    private const int NonceOctets = 18;

    private readonly string _gs2Header;
    private readonly string _clientFirstBare;
    private readonly string _clientNonce;
    private ScramVerifier? _verifier;
    private string _nonce = "";
    private string _serverFirst = "";

    private ScramExchange(string user, string gs2Header, string clientFirstBare, string clientNonce)
    {
        User = user;
        _gs2Header = gs2Header;
        _clientFirstBare = clientFirstBare;
        _clientNonce = clientNonce;
    }

    /// <summary>The user name the client claims.</summary>
    public string User { get; }

    /// <summary>
    /// Reads client-first-message. Null when it isn't one, asks for channel binding, or names an authorization identity other than the user.
    /// The flag "y" (the client could bind, and believes that the server can't) is right, because no mechanism with channel binding is offered.
    /// </summary>
    public static ScramExchange? TryBegin(string clientFirst)
    {
        // gs2-header = gs2-cbind-flag "," [authzid] ","
        var parts = clientFirst.Split(',', 3);
        if (parts.Length != 3 || parts[0] is not ("n" or "y")) return null;
        var bare = parts[2];
        var fields = bare.Split(',');
        if (fields.Length < 2 || !fields[0].StartsWith("n=", StringComparison.Ordinal) || !fields[1].StartsWith("r=", StringComparison.Ordinal)) return null;
        var nonce = fields[1][2..];
        if (!SaslName.TryUnescape(fields[0].AsSpan(2), out var user) || !IsNonce(nonce)) return null;
        if (parts[1].Length > 0 && !IsAuthorization(parts[1], user)) return null;
        return new ScramExchange(user, $"{parts[0]},{parts[1]},", bare, nonce);
    }

    /// <summary>The server-first-message.</summary>
    public string Challenge(ScramVerifier verifier) =>
        Challenge(verifier, Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceOctets)));

    internal string Challenge(ScramVerifier verifier, string serverNonce)
    {
        _verifier = verifier;
        _nonce = _clientNonce + serverNonce;
        _serverFirst = string.Create(CultureInfo.InvariantCulture, $"r={_nonce},s={Convert.ToBase64String(verifier.Salt)},i={verifier.Iterations}");
        return _serverFirst;
    }

    /// <summary>Checks client-final-message; gives the server-final-message, or null when the proof is not good.</summary>
    public string? Finish(string clientFinal)
    {
        var verifier = Interlocked.Exchange(ref _verifier, null);
        if (verifier is null) return null;
        var proofAt = clientFinal.LastIndexOf(",p=", StringComparison.Ordinal);
        if (proofAt < 0) return null;
        var withoutProof = clientFinal[..proofAt];
        var fields = withoutProof.Split(',');
        if (fields.Length < 2 || fields[0] != "c=" + Convert.ToBase64String(Encoding.UTF8.GetBytes(_gs2Header)) || fields[1] != "r=" + _nonce) return null;

        Span<byte> proof = stackalloc byte[64];
        if (!Convert.TryFromBase64String(clientFinal[(proofAt + 3)..], proof, out var length) || length != 32) return null;

        var authMessage = Encoding.UTF8.GetBytes($"{_clientFirstBare},{_serverFirst},{withoutProof}");
        var clientKey = HMACSHA256.HashData(verifier.StoredKey, authMessage);
        for (var i = 0; i < clientKey.Length; i++) clientKey[i] ^= proof[i];
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(clientKey), verifier.StoredKey)) return null;
        return "v=" + Convert.ToBase64String(HMACSHA256.HashData(verifier.ServerKey, authMessage));
    }

    /// <summary>printable = %x21-2B / %x2D-7E; long enough to be one, short enough to be kept.</summary>
    private static bool IsNonce(string text) => text.Length is >= 8 and <= 254 && text.All(c => c is >= '!' and <= '~');

    private static bool IsAuthorization(string field, string user) =>
        field.StartsWith("a=", StringComparison.Ordinal) && SaslName.TryUnescape(field.AsSpan(2), out var identity) && SaslName.IsSame(identity, user);
}
