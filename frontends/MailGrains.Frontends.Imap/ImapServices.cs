using MailGrains.Frontends.Authentication;
using MailGrains.Frontends.Imap.Fetch;
using MailGrains.Frontends.Imap.Session;
using Microsoft.Extensions.Logging;
using Orleans;

namespace MailGrains.Frontends.Imap;

/// <summary>What all sessions of the process share.</summary>
internal sealed record ImapServices(
    ImapOptions Options,
    IGrainFactory Grains,
    EmailSource Emails,
    BodySource Bodies,
    IAuthenticator Logins,
    UserLimits Users,
    IdleHeartbeat Heartbeat,
    TimeProvider Time,
    ILogger Log);
