using System.Text;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;

namespace MailGrains.Cluster.Tests.Scale;

/// <summary>One client of one silo, with a connection of each protocol and the INBOX of its user selected.</summary>
internal sealed class Worker(RawLmtp lmtp, RawImap imap, int port, string user, int number) : IDisposable
{
    private static readonly byte[] Body = MakeBody();

    private int _done;

    public static async Task<Worker> OpenAsync(int imapPort, int lmtpPort, string user, int number, CancellationToken cancellation)
    {
        var worker = new Worker(
            await RawLmtp.ConnectAsync(lmtpPort, cancellation), await RawImap.LoggedInAsync(imapPort, user, LoadRun.Password, cancellation), imapPort, user, number);
        await worker.DeliverAsync(cancellation);
        await worker.RunAsync("SELECT INBOX", cancellation);
        return worker;
    }

    /// <summary>Carries one operation out; throws when it was refused.</summary>
    public Task PerformAsync(Operation operation, CancellationToken cancellation) => operation switch
    {
        Operation.Deliver => DeliverAsync(cancellation),
        Operation.Login => LogInAsync(cancellation),
        Operation.Status => RunAsync("STATUS Sent (MESSAGES UIDNEXT UNSEEN)", cancellation),
        Operation.Fetch => RunAsync("FETCH 1 (UID FLAGS ENVELOPE)", cancellation),
        Operation.Body => RunAsync("FETCH 1 (BODY.PEEK[])", cancellation),
        _ => RunAsync($"STORE 1 {(_done++ % 2 == 0 ? "+" : "-")}FLAGS.SILENT ($Load{number})", cancellation),
    };

    public void Dispose()
    {
        lmtp.Dispose();
        imap.Dispose();
    }

    private async Task DeliverAsync(CancellationToken cancellation)
    {
        var header = $"From: load@example.net\r\nSubject: scale\r\nMessage-ID: <{Guid.NewGuid():N}@example.net>\r\n\r\n";
        await lmtp.SendAsync(Encoding.ASCII.GetBytes($"MAIL FROM:<load@example.net>\r\nRCPT TO:<{user}>\r\nDATA\r\n"), cancellation);
        for (var replies = 0; replies < 3; replies++) await lmtp.ReplyAsync(cancellation);
        await lmtp.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(header), .. Body], cancellation);
        var reply = await lmtp.ReplyAsync(cancellation);
        if (!reply.StartsWith("250", StringComparison.Ordinal)) throw new RefusedException(reply);
    }

    private async Task LogInAsync(CancellationToken cancellation)
    {
        using var session = await RawImap.LoggedInAsync(port, user, LoadRun.Password, cancellation);
        (await session.RunAsync("LOGOUT", cancellation)).Ok();
    }

    private async Task RunAsync(string command, CancellationToken cancellation) => (await imap.RunAsync(command, cancellation)).Ok();

    /// <summary>10 KB that shrink to half, and the final dot.</summary>
    private static byte[] MakeBody()
    {
        var (random, text) = (new Random(1), new StringBuilder());
        while (text.Length < 10_000) text.Append(random.NextInt64()).Append(" and so on and so on\r\n");
        return Encoding.ASCII.GetBytes(text.Append(".\r\n").ToString());
    }
}
