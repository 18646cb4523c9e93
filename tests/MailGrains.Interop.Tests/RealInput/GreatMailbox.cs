using System.Globalization;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>
/// A server of its own with one large INBOX: all real messages and ten thousand generated ones, which a real Postfix has handed over. What is in it
/// has been compared with what Postfix said, octet by octet, before any test sees it.
/// </summary>
public sealed class GreatMailbox : IAsyncLifetime
{
    public const string User = "great@example.org";

    private const int Generated = 10_000;
    private const int Senders = 4;

    private readonly SemaphoreSlim _gate = new(1);
    private ServerProcess? _server;
    private SortedDictionary<uint, byte[]>? _messages;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _gate.Dispose();
    }

    /// <summary>Filled when the first test asks. The messages as they are stored, trace headers and all, by UID.</summary>
    internal async Task<(ServerProcess Server, IReadOnlyDictionary<uint, byte[]> Messages)> GetAsync()
    {
        await _gate.WaitAsync(Cancellation);
        try
        {
            PostfixInstance.SkipWhereItCannotRun();
            if (_server is null)
            {
                _server = await ServerProcess.StartAsync();
                await _server.Cli.AddAccountAsync(User, SharedServer.Password);
                _messages = await FillAsync(_server);
            }

            return (_server, _messages ?? throw new InvalidOperationException("It could not be filled: see the first test."));
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task<SortedDictionary<uint, byte[]>> FillAsync(ServerProcess server)
    {
        await using var recorder = new LmtpRecorder(server.Ports.Lmtp);
        await using var postfix = await PostfixInstance.StartAsync($"lmtp:inet:127.0.0.1:{recorder.Port}");
        using var idle = await IdleInbox.OpenAsync(server.Ports.Imap, User, Cancellation);
        var sent = SentMail.Make(Generated).ToList();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(n => SendAsync(postfix, sent.Where((_, i) => i % Senders == n))));
        await idle.WaitForAsync(sent.Count, postfix.QueueAsync, Cancellation);
        await postfix.EmptyAsync(Cancellation);

        var stored = new SortedDictionary<uint, byte[]>();
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, User, SharedServer.Password, Cancellation);
        (await imap.RunAsync("EXAMINE INBOX", Cancellation)).Ok();
        for (var first = 1; first <= sent.Count + 1; first += 500)
        {
            foreach (var line in (await imap.RunAsync($"UID FETCH {first}:{first + 499} BODY.PEEK[]", Cancellation)).Ok().Untagged)
            {
                if (line.Literals.Count > 0) stored.Add(uint.Parse(line.Text.Split("UID ")[1].Split(' ', ')')[0], CultureInfo.InvariantCulture), line.Literals[0]);
            }
        }

        AssertAsGiven(sent, recorder, stored.Values);
        return stored;
    }

    private static async Task SendAsync(PostfixInstance postfix, IEnumerable<SentMail> messages)
    {
        using var smtp = await SmtpSession.ConnectAsync(postfix.SmtpPort, Cancellation);
        foreach (var mail in messages) await smtp.SendAsync(mail.Sender, User, mail.Message, Cancellation);
    }

    /// <summary>
    /// Every message is there once, and is what Postfix gave; and where Postfix has no reason to change anything, that is what was sent, behind Postfix' Received.
    /// </summary>
    private static void AssertAsGiven(List<SentMail> sent, LmtpRecorder recorder, IEnumerable<byte[]> stored)
    {
        var bySender = stored.ToDictionary(StoredMail.SenderOf);
        Assert.Equal(sent.Count, bySender.Count);
        var unchanged = 0;
        foreach (var mail in sent)
        {
            var message = TraceHeaders.WithoutTrace(bySender[mail.Sender]);
            Octets.AssertSame(recorder.Messages[mail.Sender], message.Span, mail.Sender);
            if (!mail.PassesUnchanged) continue;
            unchanged++;
            Octets.AssertSame(mail.Message, TraceHeaders.WithoutMtaTrace(bySender[mail.Sender]).Span, mail.Sender);
        }

        Assert.True(unchanged > Generated, $"only {unchanged} messages were such that Postfix passes them on unchanged");
    }
}
