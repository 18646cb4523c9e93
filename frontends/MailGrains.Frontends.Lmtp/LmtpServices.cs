using MailGrains.Frontends.Lmtp.Delivering;
using MailGrains.Lmtp;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Lmtp;

/// <summary>What all LMTP sessions of a listener share.</summary>
internal sealed record LmtpServices(
    LmtpOptions Options, IDeliveryTarget Target, Deliverer Deliverer, Rejections Rejections, LmtpReply Greeting, ILogger Log);
