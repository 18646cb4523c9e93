using System.Text;
using Xunit;

namespace MailGrains.Frontends.Tests.Lmtp;

/// <summary>A small LMTP client for tests that look at what was stored rather than at the conversation.</summary>
internal sealed class LmtpClient(Stream stream) : IAsyncDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.UTF8);

    public static async Task<LmtpClient> GreetedAsync(Stream stream)
    {
        var client = new LmtpClient(stream);
        await client.ExpectAsync("220");
        await client.SendAsync("LHLO relay.example.net\r\n");
        await client.ExpectAsync("250");
        return client;
    }

    public async Task SendAsync(string text) => await SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Reads one reply, all its lines, and asserts its code.</summary>
    public async Task<string> ExpectAsync(string code)
    {
        while (true)
        {
            var line = await ReadLineAsync();
            Assert.NotNull(line);
            Assert.StartsWith(code, line, StringComparison.Ordinal);
            if (line.Length == 3 || line[3] == ' ')
                return line;
        }
    }

    public async Task<string?> ReadLineAsync() =>
        await _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    /// <summary>Sends MAIL, the RCPTs and DATA, all of them accepted, up to the go-ahead.</summary>
    public async Task BeginAsync(string sender, params string[] recipients)
    {
        await SendAsync($"MAIL FROM:<{sender}>\r\n{string.Concat(recipients.Select(one => $"RCPT TO:<{one}>\r\n"))}DATA\r\n");
        for (var i = 0; i < recipients.Length + 1; i++)
            await ExpectAsync("250");
        await ExpectAsync("354");
    }

    /// <summary>Sends a message dot-stuffed, with the end of data.</summary>
    public async Task SendMessageAsync(byte[] message)
    {
        var text = Encoding.Latin1.GetString(message);
        if (!text.EndsWith("\r\n", StringComparison.Ordinal))
            text += "\r\n";
        await SendAsync(Encoding.Latin1.GetBytes((text.StartsWith('.') ? "." : "") + text.Replace("\r\n.", "\r\n..", StringComparison.Ordinal) + ".\r\n"));
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
