namespace MailGrains.Frontends.Http;

/// <param name="MessageSize">Octets of the largest message taken.</param>
public sealed record HttpLimits(int MessageSize);
