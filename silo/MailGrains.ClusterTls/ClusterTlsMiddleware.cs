using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailGrains.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace MailGrains.ClusterTls;

/// <summary>Lays TLS over a connection between nodes; who has no certificate of the cluster's authority gets no further than the handshake.</summary>
internal sealed class ClusterTlsMiddleware(ClusterCertificates certificates, TimeProvider time, ILogger<ClusterTlsMiddleware> log)
{
    /// <summary>The side that was called. A peer that is refused is told by the handshake alone.</summary>
    public void Accept(IConnectionBuilder connections) => connections.Use(next => async connection =>
    {
        if (await AcceptAsync(connection) is { } tls) await RunAsync(connection, tls, next);
    });

    /// <summary>The side that calls. A refusal fails the connection, so that whoever waits for it hears of it.</summary>
    public void Connect(IConnectionBuilder connections) =>
        connections.Use(next => async connection => await RunAsync(connection, await ConnectAsync(connection), next));

    private async Task<TlsTransport?> AcceptAsync(ConnectionContext connection)
    {
        var peer = new Peer();
        try
        {
            return await TlsTransport.AcceptAsync(
                connection.Transport, null, certificates.Current().Server(peer.Judge), certificates.HandshakeTimeout, time);
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException or ConnectionAbortedException)
        {
            Log.PeerRefused(log, Address(connection), peer.Why(failed));
            connection.Abort(new ConnectionAbortedException("No certificate of the cluster's authority."));
            return null;
        }
    }

    private async Task<TlsTransport> ConnectAsync(ConnectionContext connection)
    {
        var peer = new Peer();
        try
        {
            return await TlsTransport.ConnectAsync(
                connection.Transport, null, certificates.Current().Client(peer.Judge), certificates.HandshakeTimeout, time);
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException or ConnectionAbortedException)
        {
            Log.NodeNotTrusted(log, Address(connection), peer.Why(failed));
            throw;
        }
    }

    private static async Task RunAsync(ConnectionContext connection, TlsTransport tls, ConnectionDelegate next)
    {
        var plain = connection.Transport;
        connection.Transport = tls;
        try
        {
            await next(connection);
        }
        finally
        {
            await tls.DisposeAsync();
            connection.Transport = plain;
        }
    }

    private static string Address(ConnectionContext connection) => connection.RemoteEndPoint?.ToString() ?? "unknown";

    /// <summary>What was found wrong with the other side's certificate.</summary>
    private sealed class Peer
    {
        private string? _objection;

        public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            // Names count for nothing: the authority signs for this cluster's nodes only, and their addresses change.
            var wrong = errors & ~SslPolicyErrors.RemoteCertificateNameMismatch;
            if (wrong == SslPolicyErrors.None) return true;
            _objection = certificate is null
                ? "it shows no certificate"
                : $"{certificate.Subject}: {string.Join(", ", chain?.ChainStatus.Select(s => s.Status.ToString()) ?? [wrong.ToString()])}";
            return false;
        }

        public string Why(Exception failed) => _objection ?? (failed.InnerException ?? failed).Message;
    }
}
