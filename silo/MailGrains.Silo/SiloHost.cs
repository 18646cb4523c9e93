using MailGrains.Authentication;
using MailGrains.Frontends.Authentication;
using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Http;
using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Lmtp;
using MailGrains.Grains.Mailboxes;
using MailGrains.Silo.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MailGrains.Silo;

/// <summary>Puts the parts together: the only place that knows all of them.</summary>
internal static class SiloHost
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(25);

    public static WebApplication Build(SiloSettings settings, IConfiguration file)
    {
        var data = DataFolder.Open(settings.DataPath);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        SiloLogging.Configure(builder.Logging, file, settings.LogAsJson);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime);

        // Registered before the listeners, so that it starts before and stops after them.
        builder.AddOrleansSilo(settings, data);
        builder.Services.AddStores(data, settings.ToBodyCollection());
        builder.Services.AddMailboxGrains();
        builder.Services.Configure<MailboxLimits>(settings.Apply);
        builder.Services.AddHostedService<OperationExpiry>();
        builder.Services.AddHostedService<BodyCollection>();

        builder.Services.AddMailAuthentication(new AuthenticationOptions { FakeSaltKey = data.AuthenticationKey() });
        builder.Services.AddLineListening(settings.ToConnectionLimits(), Certificate(settings, data));
        builder.Services.AddImapFrontend(settings.ToImapOptions());
        builder.Services.AddLmtp(settings.ToLmtpOptions());
        builder.Services.AddAdminHttp(data.AdminToken(), settings.ToHttpLimits());

        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings));

        var app = builder.Build();
        app.UseRouting();
        app.MapAdminHttp();
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, SiloSettings settings)
    {
        kestrel.AddServerHeader = false;
        var imap = settings.ToImapListener();
        kestrel.ListenFor<ImapProtocol>(settings.ImapListen, imap with { Tls = TlsMode.StartTls });
        kestrel.ListenFor<ImapProtocol>(settings.ImapsListen, imap with { Tls = TlsMode.Implicit });
        kestrel.ListenFor<LmtpProtocol>(settings.LmtpListen, settings.ToLmtpListener());
        foreach (var endPoint in ListenEndPoint.ParseList(settings.HttpListen)) kestrel.Listen(endPoint);
    }

    private static CertificateFile Certificate(SiloSettings settings, DataFolder data) => settings.TlsCertificate.Length == 0
        ? CertificateFile.SelfSigned(data.Root, TimeProvider.System)
        : CertificateFile.At(settings.TlsCertificate, NullIfEmpty(settings.TlsKey), NullIfEmpty(settings.TlsPassword));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
