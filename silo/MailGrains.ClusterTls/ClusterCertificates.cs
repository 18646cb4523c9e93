using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace MailGrains.ClusterTls;

/// <summary>
/// The node's credentials, read again when one of the files has changed. Files that can't be read then (one is written already, the other
/// not yet) leave the old credentials in use.
/// </summary>
internal sealed class ClusterCertificates
{
    private readonly ClusterTlsOptions _options;
    private readonly ILogger<ClusterCertificates> _log;
    private readonly Lock _reading = new();
    private ClusterCredentials _current;
    private string _version;

    /// <exception cref="FormatException">A file is missing or wrong; the message says which and why.</exception>
    public ClusterCertificates(ClusterTlsOptions options, ILogger<ClusterCertificates> log)
    {
        _options = options;
        _log = log;
        _version = Version();
        _current = Read();
    }

    public TimeSpan HandshakeTimeout => _options.HandshakeTimeout;

    /// <summary>What the next connection is to use.</summary>
    public ClusterCredentials Current()
    {
        lock (_reading)
        {
            var version = Version();
            if (version == _version) return _current;
            _version = version;
            try
            {
                _current = Read();
                Log.CertificateReadAgain(_log, _current.Certificate.Subject, _current.Certificate.NotAfter.ToUniversalTime());
            }
            catch (FormatException wrong)
            {
                Log.CertificateNotReadAgain(_log, wrong.Message);
            }

            return _current;
        }
    }

    private string Version() => string.Create(
        CultureInfo.InvariantCulture, $"{Stamp(_options.Certificate)}/{Stamp(_options.Key)}/{Stamp(_options.Authority)}");

    private static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks}.{file.Length}") : "-";
    }

    private ClusterCredentials Read()
    {
        var authority = Reading(_options.Authority, path =>
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(path);
            return certificates.Count > 0 ? certificates : throw new CryptographicException("the file holds no certificate");
        });
        var own = Reading(_options.Certificate, path =>
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(path);
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(path, _options.Key), chain, offline: true);
        });
        return new ClusterCredentials(own, authority);
    }

    private static T Reading<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"Cluster certificate '{path}': {wrong.Message}", wrong);
        }
    }
}
