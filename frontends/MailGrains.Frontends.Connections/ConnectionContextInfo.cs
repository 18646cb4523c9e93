using System.Net;

namespace MailGrains.Frontends.Connections;

/// <summary>Who is connected to what. Behind a trusted proxy these are the addresses the proxy told.</summary>
/// <param name="Id">Thirteen characters, unique in the cluster for all practical purposes and ordered by time.</param>
/// <param name="Service">The protocol's name: <c>imap</c>, <c>lmtp</c>.</param>
/// <param name="Client">Null for a Unix socket.</param>
/// <param name="Server">Null for a Unix socket.</param>
/// <param name="Tls">Null as long as the connection is plain text.</param>
public sealed record ConnectionContextInfo(string Id, string Service, IPEndPoint? Client, IPEndPoint? Server, TlsInfo? Tls)
{
    /// <summary>The client's address for people and logs; <c>unix</c> for a Unix socket.</summary>
    public string ClientAddress => Client is null ? "unix" : Client.Address.ToString();

    /// <summary>True when the peer sits on this machine: loopback or Unix socket.</summary>
    public bool IsLocal => Client is null || IPAddress.IsLoopback(Client.Address);
}
