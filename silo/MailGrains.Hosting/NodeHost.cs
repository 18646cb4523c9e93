using System.Security.Cryptography;
using System.Text;
using MailGrains.Authentication;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Retention;
using MailGrains.Evidence.Signing;
using MailGrains.Frontends.Authentication;
using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Http;
using MailGrains.Frontends.Http.Archive;
using MailGrains.Frontends.Http.Evidence;
using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Lmtp;
using MailGrains.Grains.Contracts.Calls;
using MailGrains.Hosting.Settings;
using MailGrains.Hosting.Stores;
using MailGrains.Subscribers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Orleans.Serialization;

namespace MailGrains.Hosting;

/// <summary>Puts a node together: its role, its frontends, its listeners.</summary>
internal static class NodeHost
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(25);

    public static WebApplication Build(INodeRole role, NodeSettings settings, IConfiguration file, DataFolder data, NodeStores stores)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        NodeLogging.Configure(builder.Logging, file, settings.LogAsJson);
        var delay = settings.ClusterStopDelay ?? (stores.IsShared ? StopDelay.InCluster : TimeSpan.Zero);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime + delay);

        builder.Services.AddSingleton<SiloChanges>();
        role.Add(builder, settings, stores);
        builder.Services.Configure<ExceptionSerializationOptions>(TellFailures);
        var token = data.AdminToken(settings.AdminTokenFile);
        builder.Services.AddMailAuthentication(new AuthenticationOptions { FakeSaltKey = FakeSaltKey(data, stores, token) });
        builder.Services.AddLineListening(settings.ToConnectionLimits(), Certificate(settings, data));
        builder.Services.AddImapFrontend(settings.ToImapOptions());
        builder.Services.AddLmtp(settings.ToLmtpOptions());
        builder.Services.AddSingleton(new RestoreWindow(settings.UserUndelete));
        builder.Services.AddAdminHttp(token, settings.ToHttpLimits(), Evidence(settings, data, stores));

        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings));

        // The last one hears first that everything stops.
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<StopDelay>(services, delay));

        var app = builder.Build();
        app.UseRouting();
        app.MapAdminHttp();
        return app;
    }

    /// <summary>A failure reaches the caller at another node as what it is: ours, and those of the database's driver inside them.</summary>
    private static void TellFailures(ExceptionSerializationOptions exceptions)
    {
        exceptions.SupportedNamespacePrefixes.Add(nameof(MailGrains));
        exceptions.SupportedNamespacePrefixes.Add("Npgsql");
    }

    private static void Listen(KestrelServerOptions kestrel, NodeSettings settings)
    {
        kestrel.AddServerHeader = false;
        var imap = settings.ToImapListener();
        kestrel.ListenFor<ImapProtocol>(settings.ImapListen, imap with { Tls = TlsMode.StartTls });
        kestrel.ListenFor<ImapProtocol>(settings.ImapsListen, imap with { Tls = TlsMode.Implicit });
        kestrel.ListenFor<LmtpProtocol>(settings.LmtpListen, settings.ToLmtpListener());
        ListenForHttp(kestrel, settings.HttpListen, settings, _ => { });
        ListenForHttp(kestrel, settings.HttpsListen, settings, LineListening.UseServerCertificate);
    }

    private static void ListenForHttp(KestrelServerOptions kestrel, string endPoints, NodeSettings settings, Action<ListenOptions> secure)
    {
        foreach (var endPoint in ListenEndPoint.ParseList(endPoints))
        {
            kestrel.Listen(endPoint, listen =>
            {
                listen.UseProxyHeader(settings.TrustedProxies);
                secure(listen);
            });
        }
    }

    /// <summary>What strangers are shown for users that don't exist must be the same on every node.</summary>
    private static byte[] FakeSaltKey(DataFolder data, NodeStores stores, string token) => stores.IsShared
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: "mailgrains fake salts"u8.ToArray())
        : data.AuthenticationKey();

    private static EvidenceFiles Evidence(NodeSettings settings, DataFolder data, NodeStores stores) =>
        new(LogKey(settings, data, stores), data.Exports, new SignerFolders(data.Checkpoints, data.Tiles), stores.Checkpoints)
        {
            CheckpointEvery = settings.EvidenceCheckpointEvery,
            TimeStampAuthority = settings.EvidenceTimestampUrl,
            Retention = LogRetention(settings, stores),
        };

    private static LogRetentionOptions? LogRetention(NodeSettings settings, NodeStores stores)
    {
        if (settings.EventLogKeepFor is not { } keepFor) return null;
        if (settings.EvidenceKey.Length == 0 && stores.IsShared)
            throw new SettingsException("EventLog:KeepFor needs Evidence:Key: what is removed from the log has to be signed before.");
        IEnumerable<Subscriber> subscribers = [.. settings.Subscribers, .. stores.Archive?.Subscribers(stores.Events) ?? []];
        return new LogRetentionOptions(keepFor, [.. subscribers.Select(s => s.Name)]) { Every = settings.EventLogRemoveEvery };
    }

    /// <summary>A log has one key, whichever node signs. One process makes its own; nodes that share a store have to be given it.</summary>
    private static NoteSigner? LogKey(NodeSettings settings, DataFolder data, NodeStores stores) =>
        settings.EvidenceKey.Length == 0 && stores.IsShared ? null : data.LogKey(settings.EvidenceKey);

    private static CertificateFile Certificate(NodeSettings settings, DataFolder data) => settings.TlsCertificate.Length == 0
        ? CertificateFile.SelfSigned(data.Root, TimeProvider.System)
        : CertificateFile.At(settings.TlsCertificate, NullIfEmpty(settings.TlsKey), NullIfEmpty(settings.TlsPassword));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
