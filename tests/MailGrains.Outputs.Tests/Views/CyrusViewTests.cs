using System.Text.Json.Nodes;
using MailGrains.Outputs.Tests.Stage;
using MailGrains.Views;

namespace MailGrains.Outputs.Tests.Views;

public sealed class CyrusViewTests
{
    private static readonly ViewOptions Options = new("mail.example.org");

    public static TheoryData<string> Types => SampleEvents.Types;

    [Fact]
    public void A_delivered_message_has_its_uid_in_the_uri_only()
    {
        var shown = Only("MessageNew");
        Assert.Equal("MessageNew", (string)shown["event"]!);
        Assert.Equal("imap://ada%40example.org@mail.example.org/INBOX;UIDVALIDITY=1772368215/;UID=7", (string)shown["uri"]!);
        Assert.False(shown.ContainsKey("uidset"));
        Assert.Equal("ada@example.org", (string)shown["user"]!);
        Assert.Equal("lmtp", (string)shown["service"]!);
        Assert.Equal("2026-03-01T12:30:15.123456Z", (string)shown["timestamp"]!);
        Assert.Equal((12, 5, 8, 2, 100), ((int)shown["modseq"]!, (int)shown["messages"]!, (int)shown["uidnext"]!, (int)shown["vnd.cmu.unseenMessages"]!, (int)shown["messageSize"]!));
        Assert.Equal("<a@b>", (string)shown["vnd.cmu.midset"]![0]!);
        Assert.Equal("\\Seen", (string)shown["flagNames"]!);
        Assert.Equal("192.0.2.25", (string)shown["clientIP"]!);
        Assert.Equal("F1-sKCRAQAAAHCAAAAAAAAAAQ", (string)shown["mailboxID"]!);
        Assert.StartsWith("M9-", (string)shown["vnd.cmu.emailid"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_appended_message_has_an_object()
    {
        var payload = SampleEvents.Payload("MessageAppend");
        var second = payload["messages"]![0]!.DeepClone();
        second["uid"] = 8;
        payload["messages"]!.AsArray().Add(second);
        var shown = CyrusView.Project(SampleEvents.Record(payload), Options).Select(o => (string)JsonNode.Parse(o)!["uri"]!);
        Assert.Equal([";UID=7", ";UID=8"], shown.Select(uri => uri[uri.LastIndexOf(';')..]));
    }

    [Theory]
    [InlineData("MessageCopy", "vnd.cmu.MessageCopy")]
    [InlineData("MessageMove", "vnd.cmu.MessageMove")]
    public void A_transfer_names_both_folders(string type, string name)
    {
        var shown = Only(type);
        Assert.Equal(name, (string)shown["event"]!);
        Assert.Equal("imap://ada%40example.org@mail.example.org/Archive/2026;UIDVALIDITY=1772368222", (string)shown["uri"]!);
        Assert.Equal("imap://ada%40example.org@mail.example.org/INBOX;UIDVALIDITY=1772368215", (string)shown["oldMailboxID"]!);
        Assert.Equal(("117:119", "2:3,7"), ((string)shown["uidset"]!, (string)shown["vnd.cmu.oldUidset"]!));
    }

    [Fact]
    public void A_change_of_flags_is_one_set()
    {
        var payload = SampleEvents.Payload("FlagsSet");
        var other = payload["messages"]![0]!.DeepClone();
        other["uids"] = "6,9";
        payload["messages"]!.AsArray().Add(other);
        var shown = JsonNode.Parse(Assert.Single(CyrusView.Project(SampleEvents.Record(payload), Options)))!;
        Assert.Equal(("1:7,9", "\\Flagged"), ((string)shown["uidset"]!, (string)shown["flagNames"]!));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_has_what_all_have(string type)
    {
        var shown = Only(type);
        Assert.All(["event", "uri", "timestamp", "service", "user", "serverFQDN"], name => Assert.NotEqual("", (string)shown[name]!));
        Assert.Equal((string?)SampleEvents.Payload(type)["id"], (string?)shown["vnd.mailgrains.eventId"]);
    }

    /// <summary>Members come and go with versions: a view of an event is never an error.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void Any_member_may_be_absent_or_another_thing(string type)
    {
        foreach (var name in SampleEvents.Payload(type).Select(m => m.Key).Where(m => m is not "timestamp" and not "type").ToArray())
        {
            foreach (var value in new JsonNode?[] { null, "x", 5, new JsonArray(1), new JsonObject { ["id"] = new JsonArray() }, new JsonArray(new JsonObject { ["uids"] = ",:,9:1,99999999999999999999" }) })
            {
                var payload = SampleEvents.Payload(type);
                payload.Remove(name);
                if (value is not null) payload[name] = value;
                foreach (var kind in Enum.GetValues<ViewKind>()) Assert.All(EventViews.Project(kind, SampleEvents.Record(payload), Options), o => Assert.NotNull(JsonNode.Parse(o)));
            }
        }
    }

    [Theory]
    [InlineData("INBOX", "INBOX")]
    [InlineData("Größe & Co/50%;?", "Gr%C3%B6%C3%9Fe%20&%20Co/50%25%3B%3F")]
    [InlineData("a\"b<c>#d\\e", "a%22b%3Cc%3E%23d%5Ce")]
    public void Paths_are_encoded(string path, string encoded) =>
        Assert.Equal($"imap://u%2Fs%3Aer@host/{encoded};UIDVALIDITY=1", ImapUrl.Of("u/s:er", "host", path, 1));

    private static JsonObject Only(string type) => JsonNode.Parse(Assert.Single(CyrusView.Project(SampleEvents.Record(type), Options)))!.AsObject();
}
