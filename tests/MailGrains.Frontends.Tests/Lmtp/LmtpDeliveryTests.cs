using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using MailGrains.Frontends.Lmtp;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using Xunit;

namespace MailGrains.Frontends.Tests.Lmtp;

public sealed class LmtpDeliveryTests : IDisposable
{
    private readonly FakeMailboxes _mailboxes = new();
    private readonly TestServer _server;

    public LmtpDeliveryTests()
    {
        var options = new LmtpOptions { HostName = "mx.example.org" };
        _server = new TestServer(
            server => new LmtpProtocol(_mailboxes, options, server.Time, server.Logs.For<LmtpProtocol>()), LmtpProtocol.ListenerDefaults);
    }

    [Fact]
    public async Task The_mailbox_gets_the_bytes_as_sent_and_the_trace_lines_apart()
    {
        var message = Encoding.UTF8.GetBytes("Message-ID: <one@example.net>\r\nSubject: grüße\r\n\r\n.dots\r\n..and more\r\nbare\nLF, bare\rCR, a \0NUL\r\n");

        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        await client.BeginAsync("ann@example.net", "Bob+Lists@example.org");
        await client.SendMessageAsync(message);
        await client.ExpectAsync("250 2.1.5 <Bob+Lists@example.org>");

        var stored = Assert.Single(_mailboxes.Stored);
        Assert.Equal(Encoding.Latin1.GetString(message), stored.Body);
        Assert.Equal(BlobId.Of(message), stored.Delivery.Content.Blob);
        Assert.Equal("one@example.net", stored.Delivery.Content.MessageId);
        Assert.Equal("Lists", stored.Detail);
        Assert.Equal("192.0.2.7", stored.Delivery.Origin.ClientAddress);
        var id = stored.Delivery.Origin.ConnectionId;
        Assert.Equal(
            $"Return-Path: <ann@example.net>\r\nDelivered-To: Bob+Lists@example.org\r\nReceived: from relay.example.net ([192.0.2.7])\r\n\tby mx.example.org with LMTP id {id}.1\r\n\tfor <Bob+Lists@example.org>; Sun, 01 Mar 2026 12:00:00 +0000\r\n",
            stored.Prefix);
    }

    [Fact]
    public async Task The_same_message_again_is_the_same_delivery()
    {
        // 49: the client lost the connection before it heard the reply, and tries again on another one.
        byte[] message = [.. "Subject: x\r\n\r\nonce\r\n"u8];
        var gate = new TaskCompletionSource();
        _mailboxes.Gate = gate.Task;
        await using (var lost = await LmtpClient.GreetedAsync(_server.Connect()))
        {
            await lost.BeginAsync("ann@example.net", "bob@example.org");
            await lost.SendMessageAsync(message);
        }

        gate.SetResult();
        await _server.SessionsEndedAsync();
        await using var again = await LmtpClient.GreetedAsync(_server.Connect());
        await again.BeginAsync("ann@example.net", "bob@example.org");
        await again.SendMessageAsync(message);
        await again.ExpectAsync("250");

        Assert.Single(_mailboxes.Stored);
    }

    [Fact]
    public async Task Another_sender_another_text_or_another_mailbox_is_another_delivery()
    {
        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        foreach (var (sender, recipient, text) in new[]
        {
            ("a@example.net", "bob@example.org", "x\r\n"),
            ("b@example.net", "bob@example.org", "x\r\n"),
            ("a@example.net", "alice@example.org", "x\r\n"),
            ("a@example.net", "bob@example.org", "y\r\n"),
        })
        {
            await client.BeginAsync(sender, recipient);
            await client.SendMessageAsync(Encoding.ASCII.GetBytes(text));
            await client.ExpectAsync("250");
        }

        Assert.Equal(4, _mailboxes.Stored.Count);
    }

    [Fact]
    public async Task Two_addresses_of_one_account_are_one_copy()
    {
        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        await client.BeginAsync("", "alice@example.org", "alias@example.org", "alice@example.org");
        await client.SendMessageAsync([.. "x\r\n"u8]);
        for (var i = 0; i < 3; i++)
            await client.ExpectAsync("250 2.1.5");

        Assert.Equal("alice@example.org", Assert.Single(_mailboxes.Stored).Recipient);
    }

    [Fact]
    public async Task The_reply_is_the_mailbox_answer_however_late_it_comes()
    {
        var gate = new TaskCompletionSource();
        _mailboxes.Gate = gate.Task;
        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        await client.BeginAsync("a@b", "bob@example.org");
        await client.SendMessageAsync([.. "x\r\n"u8]);

        var reply = client.ReadLineAsync();
        gate.SetException(new MailboxException(MailboxError.OverQuota, "full"));

        // A server that had answered before the mailbox did would have said 250.
        Assert.StartsWith("452 ", await reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_cut_off_anywhere_is_not_stored()
    {
        foreach (var part in new[] { "Subject: x\r\n", "x\r\n.", "x\r\n.\r" })
        {
            await using var client = await LmtpClient.GreetedAsync(_server.Connect());
            await client.BeginAsync("a@b", "bob@example.org");
            await client.SendAsync(part);
        }

        await using (var client = await LmtpClient.GreetedAsync(_server.Connect()))
            await client.SendAsync("MAIL FROM:<a@b>\r\nRCPT TO:<bob@example.org>\r\nBDAT 100 LAST\r\nshort\r\n");

        await _server.SessionsEndedAsync();
        Assert.Empty(_mailboxes.Stored);
    }

    [Fact]
    public async Task A_message_of_many_megabytes_arrives_whole()
    {
        var message = new byte[9 * 1024 * 1024];
        new Random(7).NextBytes(message);
        message.AsSpan().Replace((byte)'\r', (byte)'x');
        "\r\n"u8.CopyTo(message.AsSpan(^2));

        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        await client.BeginAsync("a@b", "bob@example.org");
        await client.SendMessageAsync(message);
        await client.ExpectAsync("250");

        Assert.Equal(BlobId.Of(message), Assert.Single(_mailboxes.Stored).Delivery.Content.Blob);
    }

    [Fact]
    public async Task Each_delivery_leaves_one_log_line_that_a_sender_cannot_break()
    {
        await using (var client = await LmtpClient.GreetedAsync(_server.Connect()))
        {
            await client.BeginAsync("a@b", "bob@example.org", "full@example.org");
            await client.SendMessageAsync(Encoding.UTF8.GetBytes("Message-ID: <x\u202e\u0085y>\r\n\r\n"));
            await client.ExpectAsync("250");
            await client.ExpectAsync("452");
            await client.SendAsync("QUIT\r\n");
            await client.ExpectAsync("221");
        }

        await _server.SessionsEndedAsync();
        Assert.Single(_server.Logs.Lines, line => line.Contains("Delivered", StringComparison.Ordinal) && line.Contains("messageid=x\\u202e\\u0085y size=", StringComparison.Ordinal));
        Assert.Single(_server.Logs.Lines, line => line.Contains("Refused", StringComparison.Ordinal) && line.Contains("error=OverQuota", StringComparison.Ordinal));
        Assert.Single(_server.Logs.Lines, line => line.Contains("Session ended service=lmtp", StringComparison.Ordinal) && line.EndsWith("commands=6 reason=quit", StringComparison.Ordinal));
    }

    /// <summary>Recipients that nobody can see are refused, senders are written so that everybody can.</summary>
    [Fact]
    public async Task An_address_cannot_break_a_log_line_either()
    {
        await using (var client = await LmtpClient.GreetedAsync(_server.Connect()))
        {
            await client.SendAsync("MAIL FROM:<a\u202eb\u2028@example.net> SMTPUTF8\r\nRCPT TO:<bob+\u202e@example.org>\r\nRCPT TO:<bob@example.org>\r\nBDAT 3 LAST\r\nx\r\n");
            foreach (var code in new[] { "250", "550 5.1.1", "250", "250" }) await client.ExpectAsync(code);
        }

        await _server.SessionsEndedAsync();
        Assert.Single(_server.Logs.Lines, l => l.Contains(@"Delivered", StringComparison.Ordinal) && l.Contains(@"from=a\u202eb\u2028@example.net ", StringComparison.Ordinal));
        Assert.All(_server.Logs.Lines, line => Assert.DoesNotContain(line, c => c is '\u202e' or '\u2028'));
    }

    [Fact]
    public async Task Deliveries_are_counted_by_result()
    {
        var results = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "mailgrains.lmtp.delivery.duration")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => results.Enqueue((string)tags[0].Value!));
        listener.Start();

        // Twice the same: the second copy for Bob is a duplicate.
        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        for (var i = 0; i < 2; i++)
        {
            await client.BeginAsync("a@b", "bob@example.org", "toobig@example.org", "away@example.org");
            await client.SendMessageAsync([.. "counted\r\n"u8]);
            await client.ExpectAsync("250");
            await client.ExpectAsync("552");
            await client.ExpectAsync("451");
        }

        foreach (var result in new[] { "stored", "duplicate", "refused", "deferred" })
            Assert.Contains(result, results);
    }

    /// <summary>For good only: what is full tells its log itself, and what is away comes again.</summary>
    [Fact]
    public async Task Mailboxes_are_told_what_they_were_refused_for_good()
    {
        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        string[] asked = ["switchedoff", "nobody", "toobig", "full", "away", "slow", "bob"];
        await client.SendAsync($"MAIL FROM:<ann@example.net>\r\n{string.Concat(asked.Select(a => $"RCPT TO:<{a}@example.org>\r\n"))}DATA\r\n");
        foreach (var reply in new[] { "250", "550 5.2.1", "550 5.1.1", "250", "250", "250", "250", "250", "354" }) await client.ExpectAsync(reply);
        await client.SendMessageAsync([.. "Message-ID: <m@x>\r\n\r\nx\r\n"u8]);
        foreach (var reply in new[] { "552 5.2.3", "452", "451", "451", "250" }) await client.ExpectAsync(reply);

        Assert.Equal(
            [
                ("switchedoff", "sender=ann@example.net recipient=switchedoff@example.org code=550 status=5.2.1"),
                ("toobig", "sender=ann@example.net recipient=toobig@example.org code=552 status=5.2.3 messageId=m@x size=24"),
            ],
            _mailboxes.Recorded.Select(r => (r.Name, Told(r.Event))));
        Assert.All(_mailboxes.Recorded, r => Assert.Equal((AccountEventType.MessageRejected, "lmtp"), (r.Event.Type, r.Event.Origin.Service)));
    }

    [Fact]
    public async Task The_same_message_refused_again_is_the_same_event()
    {
        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        foreach (var (sender, text) in new[] { ("a@b", "x\r\n"), ("a@b", "x\r\n"), ("a@b", "y\r\n"), ("c@b", "x\r\n") })
        {
            await client.BeginAsync(sender, "toobig@example.org");
            await client.SendMessageAsync(Encoding.ASCII.GetBytes(text));
            await client.ExpectAsync("552");
        }

        Assert.Equal(4, _mailboxes.Recorded.Count);
        Assert.Equal(3, _mailboxes.Recorded.Select(r => r.Event.Operation).Distinct().Count());
        Assert.DoesNotContain(null, _mailboxes.Recorded.Select(r => r.Event.Operation));
    }

    [Fact]
    public async Task Refusals_of_messages_that_nobody_read_are_one_event_in_an_hour_whoever_sends()
    {
        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        foreach (var sender in new[] { "a@b", "c@b", "d@b" })
        {
            await client.SendAsync($"MAIL FROM:<{sender}>\r\nRCPT TO:<switchedoff@example.org>\r\nRSET\r\n");
            foreach (var reply in new[] { "250", "550 5.2.1", "250" }) await client.ExpectAsync(reply);
        }

        Assert.Equal(3, _mailboxes.Recorded.Count);
        Assert.Single(_mailboxes.Recorded.Select(r => r.Event.Operation).Distinct());
    }

    [Fact]
    public async Task A_log_that_is_away_changes_no_answer()
    {
        _mailboxes.IsLogAway = true;
        await using var client = await LmtpClient.GreetedAsync(_server.Connect());
        await client.BeginAsync("ann@example.net", "toobig@example.org", "bob@example.org");
        await client.SendMessageAsync([.. "x\r\n"u8]);
        await client.ExpectAsync("552 5.2.3");
        await client.ExpectAsync("250");
        Assert.Single(_mailboxes.Recorded);
        Assert.Contains(_server.Logs.Lines, line => line.Contains("could not be told", StringComparison.Ordinal));
    }

    public void Dispose() => _server.Dispose();

    private static string Told(AccountEvent happened) => string.Join(
        ' ', happened.Details!.Items.Select(d => $"{d.Name}={d.Text ?? d.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)}"));
}
