using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailGrains.Frontends.Connections;

/// <summary>Where the server's certificate lies: a PEM file (with its key inside or beside it) or a PFX file.</summary>
public sealed class CertificateFile
{
    private readonly string _certificate;
    private readonly string? _key;
    private readonly string? _password;

    private CertificateFile(string certificate, string? key, string? password)
    {
        _certificate = certificate;
        _key = key;
        _password = password;
    }

    /// <summary>
    /// A certificate of the operator's own. Without <paramref name="keyPath"/> the key is looked for in the same PEM
    /// file, then beside it under the same name ending in <c>.key</c>.
    /// </summary>
    public static CertificateFile At(string certificatePath, string? keyPath = null, string? password = null) =>
        new(Path.GetFullPath(certificatePath), keyPath is null ? null : Path.GetFullPath(keyPath), password);

    /// <summary>The self-signed certificate in <paramref name="folder"/>, made on the first call.</summary>
    public static CertificateFile SelfSigned(string folder, TimeProvider time)
    {
        var certificate = Path.Combine(folder, "certificate.pem");
        var key = Path.Combine(folder, "certificate.key");
        if (!File.Exists(certificate) || !File.Exists(key))
            SelfSignedCertificate.Create(certificate, key, time);
        return At(certificate, key);
    }

    /// <summary>Changes whenever one of the files does.</summary>
    internal string Version() => string.Create(
        CultureInfo.InvariantCulture, $"{Stamp(_certificate)}/{Stamp(KeyPath())}");

    /// <exception cref="FormatException">A file is missing, unreadable, or holds no certificate with a private key.</exception>
    internal SslStreamCertificateContext Load()
    {
        try
        {
            return Path.GetExtension(_certificate).ToLowerInvariant() is ".pfx" or ".p12" ? LoadPfx() : LoadPem();
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"TLS certificate '{_certificate}': {wrong.Message}", wrong);
        }
    }

    private SslStreamCertificateContext LoadPem()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_certificate, KeyPath());
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificate);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private SslStreamCertificateContext LoadPfx()
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(_certificate, _password);
        var certificate = all.FirstOrDefault(one => one.HasPrivateKey)
            ?? throw new CryptographicException("the file holds no certificate with a private key");
        return SslStreamCertificateContext.Create(certificate, all, offline: true);
    }

    private string? KeyPath()
    {
        if (_key is not null)
            return _key;
        var beside = Path.ChangeExtension(_certificate, ".key");
        return beside != _certificate && File.Exists(beside) ? beside : null;
    }

    private static long Stamp(string? path) => path is null ? 0 : File.GetLastWriteTimeUtc(path).Ticks;
}
