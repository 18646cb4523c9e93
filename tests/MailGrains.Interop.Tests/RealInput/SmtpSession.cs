using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>A client of an MTA, in the way of RFC 5321.</summary>
internal sealed class SmtpSession : IDisposable
{
    private readonly RawLmtp _smtp;

    private SmtpSession(RawLmtp smtp) => _smtp = smtp;

    public static async Task<SmtpSession> ConnectAsync(int port, CancellationToken cancellation)
    {
        var smtp = await RawLmtp.ConnectAsync(port, cancellation);
        Assert.StartsWith("250", await smtp.CommandAsync("EHLO client.example", cancellation));
        return new SmtpSession(smtp);
    }

    public async Task SendAsync(string sender, string recipient, byte[] message, CancellationToken cancellation)
    {
        Assert.StartsWith("250", await _smtp.CommandAsync($"MAIL FROM:<{sender}> BODY=8BITMIME", cancellation));
        Assert.StartsWith("250", await _smtp.CommandAsync($"RCPT TO:<{recipient}>", cancellation));
        Assert.StartsWith("354", await _smtp.CommandAsync("DATA", cancellation));
        await _smtp.SendAsync(RawLmtp.Stuffed(message), cancellation);
        Assert.StartsWith("250", await _smtp.ReplyAsync(cancellation));
    }

    public void Dispose() => _smtp.Dispose();
}
