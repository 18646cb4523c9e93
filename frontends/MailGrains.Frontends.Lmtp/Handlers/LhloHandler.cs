using System.Globalization;
using MailGrains.Lmtp;
using MailGrains.Lmtp.Commands;

namespace MailGrains.Frontends.Lmtp.Handlers;

internal static class LhloHandler
{
    public static void Handle(LmtpSession session, LhloCommand command)
    {
        session.Greet(command.Name);
        session.Reply(new LmtpReply(250, "", Lines(session)));
    }

    private static List<string> Lines(LmtpSession session)
    {
        var options = session.Services.Options;
        List<string> lines =
        [
            options.HostName,
            "PIPELINING",
            string.Create(CultureInfo.InvariantCulture, $"SIZE {options.MaxMessageSize}"),
            "8BITMIME",
            "SMTPUTF8",
            "CHUNKING",
            "ENHANCEDSTATUSCODES",
        ];
        if (session.Connection.CanStartTls)
            lines.Add("STARTTLS");
        return lines;
    }
}
