using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailGrains.Outputs.Webhooks;

/// <summary>
/// The value of <c>X-MailGrains-Signature</c>: <c>t=&lt;Unix time&gt;,v1=&lt;HMAC-SHA256 in hex&gt;</c> over <c>&lt;Unix time&gt;.&lt;body&gt;</c>. The time is
/// in it so that a receiver can refuse what somebody kept and sends again.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "X-MailGrains-Signature";

    public static string Sign(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(seconds + "."));
        hmac.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
