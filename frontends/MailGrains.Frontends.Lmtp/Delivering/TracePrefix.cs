using System.Globalization;
using System.Text;
using MailGrains.Frontends.Connections;
using MailGrains.Lmtp;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>The header lines a delivery puts before the message (RFC 5321 section 4.4): they differ per recipient, the body does not.</summary>
internal static class TracePrefix
{
    /// <param name="clientName">What the client said in LHLO; the grammar keeps comment and quote characters out of it.</param>
    /// <param name="id">Names this transaction in the logs.</param>
    public static byte[] Build(
        LmtpTransaction transaction, MailPath recipient, string clientName, ConnectionContextInfo connection, string hostName, string id, DateTimeOffset now)
    {
        var with = $"{(transaction.SmtpUtf8 ? "UTF8LMTP" : "LMTP")}{(connection.Tls is null ? "" : "S")}";
        var tls = connection.Tls is { } info ? $"\r\n\t(using {info.Protocol} with cipher {info.Cipher})" : "";
        var client = connection.Client is { } address ? $"[{address.Address}]" : "unix socket";
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"Return-Path: {transaction.Sender}\r\nDelivered-To: {recipient.Address}\r\n" +
            $"Received: from {clientName} ({client}){tls}\r\n\tby {hostName} with {with} id {id}\r\n" +
            $"\tfor {recipient}; {now:ddd, dd MMM yyyy HH':'mm':'ss} {Zone(now)}\r\n"));
    }

    private static string Zone(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{(now.Offset < TimeSpan.Zero ? '-' : '+')}{now.Offset:hhmm}");
}
