using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Connections;

/// <summary>Puts line protocols on Kestrel.</summary>
public static class LineListening
{
    // Who may reach the socket is decided by the folder it lies in; the relay runs as another user than this process.
    private const UnixFileMode Everyone =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Registers what all listeners of the process share: caps, deadlines, and the certificate when there is one.</summary>
    public static IServiceCollection AddLineListening(this IServiceCollection services, ConnectionLimits limits, CertificateFile? certificate)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(limits);
        services.AddSingleton<ConnectionRegistry>();
        if (certificate is not null)
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ServerCertificates>(provider, certificate));
        services.Configure<SocketTransportOptions>(sockets =>
        {
            sockets.CreateBoundListenSocket = Bind;

            // A session goes on where its octets came in, on a thread of the pool, and sends from where it wrote: three changes of
            // thread less for each command. Sessions wait without blocking their thread (ADR 44).
            sockets.UnsafePreferInlineScheduling = true;
        });
        return services;
    }

    /// <summary>Opens a listener for <typeparamref name="TProtocol"/> on each of <paramref name="endPoints"/> (see <see cref="ListenEndPoint"/>).</summary>
    /// <exception cref="FormatException">An endpoint is wrong, or TLS is asked for and there is no usable certificate.</exception>
    public static void ListenFor<TProtocol>(this KestrelServerOptions kestrel, string? endPoints, LineListenerOptions options)
        where TProtocol : class, ILineProtocol
    {
        foreach (var endPoint in ListenEndPoint.ParseList(endPoints))
            kestrel.Listen(endPoint, listen => listen.UseLineProtocol(kestrel.ApplicationServices.GetRequiredService<TProtocol>(), options));
    }

    /// <summary>HTTP inside TLS, with the certificate of the other listeners.</summary>
    public static void UseServerCertificate(this ListenOptions listen)
    {
        var certificates = listen.ApplicationServices.GetRequiredService<ServerCertificates>();
        listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificates.Current);
    }

    /// <summary>
    /// Peers in <paramref name="trusted"/> must begin with a PROXY header (v1 or v2), which is taken off before everything that is put on the listener after
    /// this: their connections are those of the clients it names.
    /// </summary>
    public static void UseProxyHeader(this ListenOptions listen, IReadOnlyList<IPNetwork> trusted) =>
        listen.UseProxyHeader(trusted, new LineListenerOptions().ProxyHeaderTimeout);

    /// <summary>Serves <paramref name="protocol"/> on this listener; the PROXY header, where trusted, comes before everything else.</summary>
    public static void UseLineProtocol(this ListenOptions listen, ILineProtocol protocol, LineListenerOptions options)
    {
        var services = listen.ApplicationServices;
        var registry = services.GetRequiredService<ConnectionRegistry>();
        var certificates = options.Tls == TlsMode.None ? null : services.GetService<ServerCertificates>();
        if (options.Tls == TlsMode.Implicit && certificates is null)
            throw new FormatException($"The {protocol.Service} listener needs a TLS certificate.");

        listen.UseProxyHeader(options.TrustedProxies, options.ProxyHeaderTimeout);
        var handler = new LineConnectionHandler(protocol, options, registry, certificates, services.GetRequiredService<ILogger<LineConnectionHandler>>());
        listen.Run(handler.OnConnectedAsync);
    }

    private static void UseProxyHeader(this ListenOptions listen, IReadOnlyList<IPNetwork> trusted, TimeSpan patience)
    {
        if (trusted.Count == 0) return;
        var time = listen.ApplicationServices.GetService<TimeProvider>() ?? TimeProvider.System;
        var log = listen.ApplicationServices.GetRequiredService<ILogger<LineConnectionHandler>>();
        listen.Use(next => new ProxyProtocolMiddleware(next, trusted, patience, time, log).InvokeAsync);
    }

    private static Socket Bind(EndPoint endPoint)
    {
        if (endPoint is not UnixDomainSocketEndPoint || OperatingSystem.IsWindows())
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);

        var path = endPoint.ToString()!;
        RemoveStale(path, endPoint);
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        File.SetUnixFileMode(path, Everyone);
        return socket;
    }

    /// <summary>A killed process leaves its socket file behind; one that nobody listens on is removed, a live one is left alone.</summary>
    private static void RemoveStale(string path, EndPoint endPoint)
    {
        if (!File.Exists(path))
            return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException nobody) when (nobody.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
    }
}
