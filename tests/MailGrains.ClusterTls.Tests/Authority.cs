using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailGrains.ClusterTls.Tests;

/// <summary>A certificate authority for one test; issues node certificates into PEM files.</summary>
internal sealed class Authority : IDisposable
{
    private static int _serial;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly string _folder;

    public Authority(string folder, string name)
    {
        _folder = folder;
        var request = new CertificateRequest("CN=" + name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
        File = Path.Combine(folder, name + ".pem");
        System.IO.File.WriteAllText(File, _root.ExportCertificatePem());
    }

    public string File { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Files of a node, written anew when they are there already.</summary>
    public ClusterTlsOptions Issue(string node, string? subject = null, int fromDay = -1, int toDay = 5)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + (subject ?? node), key, HashAlgorithmName.SHA256);
        var serial = BitConverter.GetBytes(Interlocked.Increment(ref _serial));
        using var certificate = request.Create(_root, Now.AddDays(fromDay), Now.AddDays(toDay), serial);
        var options = new ClusterTlsOptions
        {
            Certificate = Path.Combine(_folder, node + ".pem"),
            Key = Path.Combine(_folder, node + ".key"),
            Authority = File,
        };
        System.IO.File.WriteAllText(options.Certificate, certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(options.Key, key.ExportPkcs8PrivateKeyPem());
        return options;
    }

    public void Dispose()
    {
        _key.Dispose();
        _root.Dispose();
    }
}
