using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Connections;

/// <summary>
/// The certificate every listener shows. Loaded once, looked at again every half minute, and exchanged when its file
/// has changed; a file that cannot be read then leaves the old certificate in place and says so in the log.
/// </summary>
public sealed class ServerCertificates : IDisposable
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromSeconds(30);

    private readonly CertificateFile _file;
    private readonly ILogger<ServerCertificates> _log;
    private readonly ITimer _poll;
    private volatile Loaded _loaded;

    /// <exception cref="FormatException">The certificate or its key cannot be read; the message says which file and why.</exception>
    public ServerCertificates(CertificateFile file, TimeProvider time, ILogger<ServerCertificates> log)
    {
        _file = file;
        _log = log;
        _loaded = Load();
        _poll = time.CreateTimer(static self => ((ServerCertificates)self!).ReloadIfChanged(), this, PollPeriod, PollPeriod);
    }

    public X509Certificate2 Current => _loaded.Context.TargetCertificate;

    /// <summary>Reads the file again when its time stamps have changed (also for SIGHUP).</summary>
    public void ReloadIfChanged()
    {
        if (_file.Version() == _loaded.Version)
            return;
        try
        {
            _loaded = Load();
            Log.CertificateReloaded(_log, Current.Subject, Current.NotAfter.ToUniversalTime());
        }
        catch (FormatException wrong)
        {
            Log.CertificateNotReloaded(_log, wrong.Message);
        }
    }

    internal SslServerAuthenticationOptions ServerOptions(IReadOnlyList<SslApplicationProtocol> protocols) =>
        _loaded.Options.GetOrAdd(protocols, static (names, context) => new SslServerAuthenticationOptions
        {
            ServerCertificateContext = context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = names.Count == 0 ? null : [.. names],
            AllowRenegotiation = false,
        }, _loaded.Context);

    public void Dispose() => _poll.Dispose();

    private Loaded Load()
    {
        var version = _file.Version();
        return new Loaded(_file.Load(), version);
    }

    private sealed class Loaded(SslStreamCertificateContext context, string version)
    {
        public SslStreamCertificateContext Context { get; } = context;

        public string Version { get; } = version;

        // Sharing one options object per listener lets the TLS library resume sessions.
        public ConcurrentDictionary<IReadOnlyList<SslApplicationProtocol>, SslServerAuthenticationOptions> Options { get; } =
            new(ReferenceEqualityComparer.Instance);
    }
}
