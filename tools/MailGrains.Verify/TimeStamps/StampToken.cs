using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace MailGrains.Verify.TimeStamps;

/// <summary>A time stamp token (RFC 3161).</summary>
internal static class StampToken
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <summary>The time at which the octets were there, or what is wrong.</summary>
    /// <param name="trusted">The authority's own certificates, or those of who issued them.</param>
    public static (DateTimeOffset? Time, string? Wrong) Verify(byte[] token, byte[] octets, X509Certificate2Collection trusted)
    {
        try
        {
            if (!Rfc3161TimestampToken.TryDecode(token, out var stamp, out var read) || read != token.Length)
                return (null, "it is no time stamp, or was changed");
            if (stamp.TokenInfo.HashAlgorithmId.Value != "2.16.840.1.101.3.4.2.1") return (null, "it is not over a SHA-256");
            if (!stamp.TokenInfo.GetMessageHash().Span.SequenceEqual(SHA256.HashData(octets))) return (null, "it is the time stamp of something else");
            if (!stamp.VerifySignatureForData(octets, out var signer, trusted)) return (null, "its signature is not good");
            return IsTrusted(signer, stamp, trusted)
                ? (stamp.TokenInfo.Timestamp, null)
                : (null, $"it is signed by {Printable.Of(signer.Subject)}, which --tsa-cert doesn't vouch for");
        }
        catch (CryptographicException bad)
        {
            return (null, $"it can't be checked ({Printable.Of(bad.Message)})");
        }
    }

    private static bool IsTrusted(X509Certificate2 signer, Rfc3161TimestampToken stamp, X509Certificate2Collection trusted)
    {
        if (trusted.Any(certificate => certificate.RawDataMemory.Span.SequenceEqual(signer.RawDataMemory.Span))) return true;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.ExtraStore.AddRange(stamp.AsSignedCms().Certificates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStamping));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = stamp.TokenInfo.Timestamp.UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(signer);
    }
}
