using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Lmtp.Delivering;
using MailGrains.Lmtp;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Lmtp;

/// <summary>LMTP (RFC 2033) on a connection: takes mail from a relay and answers for each recipient when its copy is durable.</summary>
public sealed class LmtpProtocol : ILineProtocol
{
    private readonly LmtpServices _services;

    public LmtpProtocol(IDeliveryTarget target, LmtpOptions options, TimeProvider time, ILogger<LmtpProtocol> log)
    {
        var greeting = new LmtpReply(220, "", $"{options.HostName} LMTP MailGrains ready");
        var rejections = new Rejections(target, time, log);
        _services = new LmtpServices(options, target, new Deliverer(target, rejections, options, time, log), rejections, greeting, log);
    }

    public string Service => "lmtp";

    public ReadOnlyMemory<byte> BusyReply => LmtpReplies.Busy.Bytes;

    /// <summary>LMTP has no login, so there is no deadline for one; a relay keeps its connections only for minutes.</summary>
    public static LineListenerOptions ListenerDefaults { get; } = new()
    {
        LoginDeadline = Timeout.InfiniteTimeSpan,
        IdleTimeout = TimeSpan.FromMinutes(5),
    };

    public async Task RunAsync(LineConnection connection)
    {
        using var session = new LmtpSession(connection, _services);
        await session.RunAsync();
    }
}
