using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;

namespace MailGrains.Cluster.Tests.Failover;

/// <summary>A session that speaks of messages by number; another one expunges some before it is told.</summary>
internal sealed class NumberedSession : IDisposable
{
    private readonly int _port;
    private readonly string _user;
    private readonly RawImap _imap;
    private readonly List<string> _messages;

    private NumberedSession(int port, string user, RawImap imap, List<string> messages) => (_port, _user, _imap, _messages) = (port, user, imap, messages);

    /// <summary>The last message was spoken of by a number that it may not have any more, and this was refused.</summary>
    public bool WasRefused { get; private set; }

    public static async Task<NumberedSession> OpenAsync(int port, string user, CancellationToken cancellation)
    {
        var imap = await RawImap.LoggedInAsync(port, user, LoadRun.Password, cancellation);
        for (var i = 0; i < 2; i++) (await imap.AppendAsync("INBOX", "", LoadMessages.Make($"numbered-{i}"), cancellation)).Ok();
        (await imap.RunAsync("SELECT INBOX", cancellation)).Ok();
        return new NumberedSession(port, user, imap, await MessagesAsync(imap, cancellation));
    }

    /// <summary>The first message goes, and the session finds its way. One that can't is an <see cref="IOException"/>.</summary>
    public async Task LoseFirstAsync(CancellationToken cancellation)
    {
        using (var other = await RawImap.LoggedInAsync(_port, _user, LoadRun.Password, cancellation))
        {
            (await other.RunAsync("SELECT INBOX", cancellation)).Ok();
            (await other.RunAsync("STORE 1 +FLAGS.SILENT (\\Deleted)", cancellation)).Ok();
            (await other.RunAsync("EXPUNGE", cancellation)).Ok();
        }

        var reply = await _imap.RunAsync($"STORE {_messages.Count} +FLAGS (\\Flagged)", cancellation);
        WasRefused = reply.Tagged.StartsWith("NO [EXPUNGEISSUED]", StringComparison.Ordinal);
        if (!reply.IsOk && !WasRefused) throw new IOException($"{_user}: {reply.Tagged}");
        if (reply.Untagged.Any(IsExpunge)) throw new IOException($"{_user}: an expunge was told by STORE");

        var told = (await _imap.RunAsync("NOOP", cancellation)).Ok().Untagged.Where(IsExpunge).Select(l => l.Text);
        if (!told.SequenceEqual(["* 1 EXPUNGE"])) throw new IOException($"{_user}: told {string.Join(", ", told)}");
        _messages.RemoveAt(0);
        if (!_messages.SequenceEqual(await MessagesAsync(_imap, cancellation))) throw new IOException($"{_user}: numbers mean other messages");
    }

    public void Dispose() => _imap.Dispose();

    private static bool IsExpunge(RawImapLine line) => line.Text.EndsWith(" EXPUNGE", StringComparison.Ordinal);

    /// <summary>Each message's UID, in the order of their numbers.</summary>
    private static async Task<List<string>> MessagesAsync(RawImap imap, CancellationToken cancellation) =>
        [.. (await imap.RunAsync("FETCH 1:* (UID)", cancellation)).Ok().Untagged
            .Select(l => l.Text.Split(' ')).Where(words => words[^2] == "(UID").Select(words => words[^1].TrimEnd(')'))];
}
