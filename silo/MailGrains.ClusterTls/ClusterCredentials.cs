using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MailGrains.ClusterTls;

/// <summary>A node's certificate and the authority it trusts, as they were read at one time.</summary>
internal sealed class ClusterCredentials(SslStreamCertificateContext certificate, X509Certificate2Collection authority)
{
    private const SslProtocols Versions = SslProtocols.Tls13 | SslProtocols.Tls12;

    public X509Certificate2 Certificate => certificate.TargetCertificate;

    // Options are made anew for each handshake: the policy collects what the peer sends. Sessions are not resumed, so that every
    // connection shows a certificate that is good now.
    public SslServerAuthenticationOptions Server(RemoteCertificateValidationCallback judge) => new()
    {
        ServerCertificateContext = certificate,
        ClientCertificateRequired = true,
        EnabledSslProtocols = Versions,
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = judge,
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    public SslClientAuthenticationOptions Client(RemoteCertificateValidationCallback judge) => new()
    {
        ClientCertificateContext = certificate,
        TargetHost = "",
        EnabledSslProtocols = Versions,
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = judge,
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authority);
        return policy;
    }
}
