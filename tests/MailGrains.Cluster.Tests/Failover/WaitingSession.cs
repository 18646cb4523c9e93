using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;

namespace MailGrains.Cluster.Tests.Failover;

/// <summary>A session in IDLE that was open before anything happened.</summary>
internal sealed class WaitingSession : IDisposable
{
    private readonly RawImap _imap;

    private WaitingSession(RawImap imap) => _imap = imap;

    public static async Task<WaitingSession> OpenAsync(int port, string user, CancellationToken cancellation)
    {
        var imap = await RawImap.LoggedInAsync(port, user, LoadRun.Password, cancellation);
        (await imap.RunAsync("SELECT INBOX", cancellation)).Ok();
        await imap.BeginIdleAsync(cancellation);
        return new WaitingSession(imap);
    }

    /// <summary>Returns when so many messages are announced. A closed connection is an <see cref="IOException"/>.</summary>
    public async Task WaitForAsync(int messages, CancellationToken cancellation)
    {
        var expected = $"* {messages} EXISTS";
        while (true)
        {
            var line = (await _imap.ResponseAsync(cancellation)).Text;
            if (line == expected) return;
            if (line.StartsWith("* BYE", StringComparison.Ordinal)) throw new IOException(line);
        }
    }

    public void Dispose() => _imap.Dispose();
}
