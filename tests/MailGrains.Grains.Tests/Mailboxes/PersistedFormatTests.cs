using System.Text.Json;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>What is in a store for years: these tests change only together with a new version of the format.</summary>
public sealed class PersistedFormatTests
{
    private static readonly AccountId Account = new(new Guid("0191a0b0-0000-7000-8000-000000000001"));
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.Zero).AddMicroseconds(123456);

    [Fact]
    public void Operation_results_version_1()
    {
        var result = new StoredResult("Caf\u00e9/x", 1_700_000_000, 41, 2, new EmailId(99), 1234);
        const string Golden = "016553F1000000002900000002000000000000006300000000000004D2436166C3A92F78";
        Assert.Equal(Golden, Convert.ToHexString(result.Encode()));
        Assert.Equal(result, StoredResult.Decode(Convert.FromHexString(Golden)));
        Assert.Throws<InvalidDataException>(() => StoredResult.Decode(new byte[40]));
    }

    [Fact]
    public void Operation_results_version_2()
    {
        var result = new StoredResult("Caf\u00e9", 1_700_000_000, 41, 3, default, 0) { Folder = new FolderId(12), Set = UidSet.FromAscending([1, 2, 7]) };
        const string Golden = "026553F1000000002900000003000000000000000000000000000000000000000C000000090101010500195C8C70436166C3A9";
        Assert.Equal(Golden, Convert.ToHexString(result.Encode()));
        var bytes = Convert.FromHexString(Golden);
        var decoded = StoredResult.Decode(bytes);
        Assert.Equal((result.Path, result.Uids.ToString(), result.Folder, "1:2,7"), (decoded.Path, decoded.Uids.ToString(), decoded.Folder, decoded.Set.ToString()));
        for (var length = 0; length < bytes.Length - "Caf\u00e9"u8.Length; length++)
            Assert.Throws<InvalidDataException>(() => StoredResult.Decode(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void MessageNew_version_1()
    {
        var delivery = TestMailbox.Delivery(text: "x");
        var turn = NewTurn();
        ArrivalEvents.New(turn, turn.Folder("INBOX"), new Arrival(Entry, delivery.Content.Blob, "a@b"), delivery);
        const string Golden =
            """
            {"type":"MessageNew","version":1,"id":"*","timestamp":"2026-03-01T12:30:15.123456Z","account":{"id":"0191a0b0-0000-7000-8000-000000000001"},
            "actor":{"login":"ada@example.org"},"session":{"id":"0191a0b0-0000-7000-8000-000000000002","service":"imap","clientIp":"192.0.2.7"},"modseq":1,
            "mailbox":{"id":1,"uidValidity":1772368215,"path":"INBOX","stateId":"a2890897d3d20921"},"counters":{"messages":0,"unseen":0,"uidNext":1,"sizeBytes":0},
            "sender":"bob@example.net","recipient":"ada@example.org",
            "messages":[{"uid":7,"emailId":9,"messageId":"a@b","size":100,"internalDate":"2023-11-14T22:13:20Z","saveDate":"2023-11-14T22:13:21Z",
            "flagsAfter":["\\Seen"],"prefix":"Return-Path: <>\r\n","blobId":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}]}
            """;
        Assert.Equal(Golden.ReplaceLineEndings(""), Payload(turn));
    }

    [Fact]
    public void FlagsSet_names_runs_with_their_flags_before_and_after()
    {
        var turn = NewTurn();
        var uids = new UidSetBuilder();
        uids.AddRange(1, 500);
        uids.Add(502);
        FlagEvents.Changed(turn, turn.Folder("INBOX"), [new FlagGroup(MessageFlags.Seen, MessageFlags.Seen | MessageFlags.Flagged, uids)]);
        Assert.EndsWith(
            """
            "flagNames":["\\Flagged"],"messages":[{"uids":"1:500,502","flagsBefore":["\\Seen"],"flagsAfter":["\\Seen","\\Flagged"]}]}
            """,
            Payload(turn));
    }

    [Fact]
    public void Hostile_text_makes_no_broken_event()
    {
        var turn = NewTurn();
        var delivery = TestMailbox.Delivery() with { Sender = "\"}\r\n\0\u2028" + (char)0xD800, Recipient = new string('x', 100_000) };
        ArrivalEvents.New(turn, turn.Folder("INBOX"), new Arrival(Entry, default, "<" + (char)0xDC00 + "\">"), delivery);
        using var json = JsonDocument.Parse(Payload(turn));
        Assert.Equal(100_000, json.RootElement.GetProperty("recipient").GetString()!.Length);
        Assert.StartsWith("\"}\r\n\0", json.RootElement.GetProperty("sender").GetString());
        Assert.DoesNotContain("\n", Payload(turn));
    }

    [Fact]
    public void Runs_keep_the_order_they_stand_for() => Assert.Equal("7:9,3,2,5:6", MessageRun.Runs([7, 8, 9, 3, 2, 5, 6]));

    private static NewEntry Entry { get; } = new(7, MessageFlags.Seen, 1, 1_700_000_000, 1_700_000_001, 100, new EmailId(9));

    private static MailboxTurn NewTurn()
    {
        var empty = MailboxState.Of(new MailboxClaim(Account, 1, MailboxHead.Empty, [], [], []));
        var session = new SessionId(new Guid("0191a0b0-0000-7000-8000-000000000002"));
        var turn = new MailboxTurn(empty, Account, 1, new TurnOrigin(session, TestMailbox.Imap, At), new MailboxLimits());
        FolderTurn.CreateMailbox(turn);
        return turn;
    }

    /// <summary>The last event's JSON with its random id masked.</summary>
    private static string Payload(MailboxTurn turn)
    {
        var payload = System.Text.Encoding.UTF8.GetString(turn.Build(_ => 0).Commit.Events[^1].Payload.Span);
        var id = payload.IndexOf("\"id\":\"", StringComparison.Ordinal) + 6;
        return string.Concat(payload.AsSpan(0, id), "*", payload.AsSpan(id + 36));
    }
}
