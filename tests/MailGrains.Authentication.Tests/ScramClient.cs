using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailGrains.Authentication.Tests;

/// <summary>The client's side of SCRAM-SHA-256.</summary>
/// <param name="user">The name, escaped.</param>
internal sealed class ScramClient(string user, string password, string gs2Header = "n,,")
{
    private readonly string _nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(15));

    public string First => gs2Header + Bare;

    public string ExpectedServerFinal { get; private set; } = "";

    private string Bare => $"n={user},r={_nonce}";

    public static string SaltOf(string challenge) => challenge.Split(',')[1];

    public string Final(string challenge)
    {
        var fields = challenge.Split(',');
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password),
            Convert.FromBase64String(fields[1][2..]),
            int.Parse(fields[2][2..], CultureInfo.InvariantCulture),
            HashAlgorithmName.SHA256,
            32);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var withoutProof = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(gs2Header))},{fields[0]}";
        var message = Encoding.UTF8.GetBytes($"{Bare},{challenge},{withoutProof}");
        var proof = HMACSHA256.HashData(SHA256.HashData(clientKey), message);
        for (var i = 0; i < proof.Length; i++) proof[i] ^= clientKey[i];
        ExpectedServerFinal = "v=" + Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), message));
        return $"{withoutProof},p={Convert.ToBase64String(proof)}";
    }
}
