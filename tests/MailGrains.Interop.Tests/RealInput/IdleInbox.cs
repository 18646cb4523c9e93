using System.Globalization;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>Waits for mail as clients do: in IDLE, for EXISTS.</summary>
internal sealed class IdleInbox : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly RawImap _imap;
    private int _messages;

    private IdleInbox(RawImap imap) => _imap = imap;

    public static async Task<IdleInbox> OpenAsync(int port, string user, CancellationToken cancellation)
    {
        var inbox = new IdleInbox(await RawImap.LoggedInAsync(port, user, SharedServer.Password, cancellation));
        var reply = (await inbox._imap.RunAsync("EXAMINE INBOX", cancellation)).Ok();
        foreach (var line in reply.Untagged) inbox.Take(line);
        await inbox._imap.BeginIdleAsync(cancellation);
        return inbox;
    }

    /// <summary>Returns when so many messages are there; <paramref name="explain"/> tells why they are not, when none has come for long.</summary>
    public async Task WaitForAsync(int messages, Func<Task<string>> explain, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            while (_messages < messages)
            {
                limit.CancelAfter(Patience);
                Take(await _imap.ResponseAsync(limit.Token));
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{_messages} of {messages} messages are there, and none came for {Patience}.\n{await explain()}");
        }
    }

    public void Dispose() => _imap.Dispose();

    private void Take(RawImapLine line)
    {
        if (line.Text.Split(' ') is ["*", var number, "EXISTS"]) _messages = int.Parse(number, CultureInfo.InvariantCulture);
    }
}
