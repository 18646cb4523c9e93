using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Connections;

/// <summary>Runs one listener's protocol on each connection: admission, implicit TLS, session, goodbye, log line.</summary>
public sealed class LineConnectionHandler(
    ILineProtocol protocol,
    LineListenerOptions options,
    ConnectionRegistry registry,
    ServerCertificates? certificates,
    ILogger<LineConnectionHandler> log)
    : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var client = Normalize(connection.RemoteEndPoint);
        if (!registry.TryAdmit(client?.Address))
        {
            await TurnAwayAsync(connection, client);
            return;
        }

        var info = new ConnectionContextInfo(registry.NextId(), protocol.Service, client, Normalize(connection.LocalEndPoint), null);
        var session = new LineConnection(LineTransport.Of(connection), info, options, registry, certificates);
        registry.Add(session);
        ConnectionMetrics.Opened(protocol.Service);
        try
        {
            await using var drain = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
                .UnsafeRegister(static self => ((LineConnection)self!).Stop(SessionStop.Draining), session);
            await RunAsync(session);
        }
        finally
        {
            WatchUntilClosed(connection, session, client?.Address);
        }
    }

    private async Task RunAsync(LineConnection session)
    {
        try
        {
            if (options.Tls != TlsMode.Implicit || await session.SecureAsync())
            {
                await protocol.RunAsync(session);
                await session.FlushAsync();
            }
        }
        catch (Exception gone) when (gone is IOException or ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            session.EndReason = "connection lost";
            Log.ConnectionLost(log, gone, session.Info.Id);
        }
        catch (Exception failure)
        {
            session.EndReason = "internal error";
            Log.SessionFailed(log, failure, session.Info.Id, session.Info.Service);
        }
        finally
        {
            await session.CloseTlsAsync();
            LogEnd(session);
        }
    }

    private void LogEnd(LineConnection session) => Log.SessionEnded(
        log,
        session.Info.Service,
        session.Info.Id,
        LogText.Escape(session.User),
        session.Info.ClientAddress,
        session.Info.Tls?.Protocol ?? "none",
        Math.Round(registry.Time.GetElapsedTime(session.Accepted).TotalSeconds, 3),
        session.BytesIn,
        session.BytesOut,
        session.Commands,
        LogText.Escape(session.EndReason));

    /// <summary>
    /// A client that does not take its last bytes would keep its socket, uncounted, for as long as it likes. So the
    /// connection stays counted and under the stop deadline until the transport is closed.
    /// </summary>
    private void WatchUntilClosed(ConnectionContext connection, LineConnection session, IPAddress? client)
    {
        session.End();
        connection.ConnectionClosed.UnsafeRegister(
            static state =>
            {
                var (registry, session, client) = ((ConnectionRegistry, LineConnection, IPAddress?))state!;
                registry.Remove(session);
                registry.Release(client);
                ConnectionMetrics.Closed(session.Info.Service);
            },
            (registry, session, client));
    }

    private async Task TurnAwayAsync(ConnectionContext connection, IPEndPoint? client)
    {
        ConnectionMetrics.Refused(protocol.Service);
        Log.TurnedAway(log, client?.Address.ToString() ?? "unix", protocol.Service, registry.Count);
        if (options.Tls != TlsMode.Implicit)
            await connection.Transport.Output.WriteAsync(protocol.BusyReply);
    }

    private static IPEndPoint? Normalize(EndPoint? endPoint) => endPoint is not IPEndPoint ip
        ? null
        : ip.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(ip.Address.MapToIPv4(), ip.Port) : ip;
}
