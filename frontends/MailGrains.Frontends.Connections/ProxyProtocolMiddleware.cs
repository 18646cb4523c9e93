using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Connections;

/// <summary>
/// Takes the PROXY header off connections from trusted proxies, before TLS, and puts the client's address in place of
/// the proxy's. A trusted proxy that sends none, a wrong one, or none in time is cut off: guessing would let a client
/// choose its own address.
/// </summary>
internal sealed class ProxyProtocolMiddleware(
    ConnectionDelegate next, IReadOnlyList<IPNetwork> trusted, TimeSpan patience, TimeProvider time, ILogger log)
{
    public async Task InvokeAsync(ConnectionContext context)
    {
        if (IsTrusted(context.RemoteEndPoint) && await ReadHeaderAsync(context) is { } refusal)
        {
            Log.ProxyHeaderRefused(log, context.RemoteEndPoint?.ToString() ?? "", refusal);
            context.Abort();
            return;
        }

        await next(context);
    }

    private bool IsTrusted(EndPoint? peer)
    {
        if (peer is not IPEndPoint { Address: var address })
            return false;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return trusted.Any(network => network.Contains(address));
    }

    /// <returns>Null, or why the header was refused.</returns>
    private async Task<string?> ReadHeaderAsync(ConnectionContext context)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        try
        {
            while (true)
            {
                var result = await context.Transport.Input.ReadAsync(deadline.Token);
                var status = ProxyHeader.Parse(result.Buffer, out var header, out var end);
                if (status == ProxyHeaderStatus.Complete)
                {
                    context.Transport.Input.AdvanceTo(end);
                    context.RemoteEndPoint = header.Client ?? context.RemoteEndPoint;
                    context.LocalEndPoint = header.Server ?? context.LocalEndPoint;
                    return null;
                }

                context.Transport.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                if (status == ProxyHeaderStatus.Invalid)
                    return "malformed";
                if (result.IsCompleted)
                    return "closed before the header was complete";
            }
        }
        catch (OperationCanceledException)
        {
            return "not complete in time";
        }
        catch (IOException)
        {
            return "connection broke";
        }
    }
}
