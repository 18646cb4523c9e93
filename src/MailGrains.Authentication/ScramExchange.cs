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
    /// </summary>
    public static ScramExchange? TryBegin(string clientFirst)
    {
        // gs2-header = gs2-cbind-flag "," [authzid] ","
        var parts = clientFirst.Split(',', 3);
        if (parts.Length != 3 || parts[0] is not ("n" or "y")) return null;
        var bare = parts[2];
        var fields = bare.Split(',');
        if (fields.Length < 2 || !fields[0].StartsWith("n=", StringComparison.Ordinal) || !fields[1].StartsWith("r=", StringComparison.Ordinal)) return null;
        if (!TryUnescape(fields[0][2..], out var user) || fields[1].Length is < 10 or > 256) return null;
        if (parts[1].Length > 0 && (!parts[1].StartsWith("a=", StringComparison.Ordinal) || !TryUnescape(parts[1][2..], out var authzid) || authzid != user))
            return null;
        return new ScramExchange(user, $"{parts[0]},{parts[1]},", bare, fields[1][2..]);
    }

    /// <summary>The server-first-message.</summary>
    public string Challenge(ScramVerifier verifier)
    {
        _verifier = verifier;
        _nonce = _clientNonce + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceOctets));
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

    /// <summary>saslname: "=2C" and "=3D" stand for comma and equals sign, nothing else may follow '='.</summary>
    private static bool TryUnescape(string text, out string value)
    {
        value = text.Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "\u0001", StringComparison.Ordinal);
        var ok = value.Length > 0 && !value.Contains('=', StringComparison.Ordinal);
        value = value.Replace('\u0001', '=');
        return ok;
    }
}
