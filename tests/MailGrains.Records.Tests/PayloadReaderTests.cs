using System.Text;
using MailGrains.Model;
using MailGrains.Records.Payloads;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Tests;

public sealed class PayloadReaderTests
{
    public static TheoryData<string> Types => [.. Examples().Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void An_example_of_the_documentation_is_read_and_a_part_of_it_does_no_harm(string type)
    {
        var octets = Examples()[type];
        Assert.DoesNotContain(Changes(type, octets), c => c is EventUnread);
        for (var length = 0; length < octets.Length - 1; length++)
        {
            var part = octets[..length];
            var found = Record.Exception(() => PayloadReader.Read(part));
            Assert.True(found is null or FormatException, $"{length}: {found}");
        }
    }

    [Theory]
    [InlineData("MessageNew", typeof(EntryArrived))]
    [InlineData("MessageAppend", typeof(EntryArrived))]
    [InlineData("MessageCopy", typeof(EntriesTransferred))]
    [InlineData("MessageMove", typeof(EntriesTransferred))]
    [InlineData("MessageExpunge", typeof(EntriesLeft))]
    [InlineData("MessageRead", typeof(FlagsChanged))]
    [InlineData("MessageTrash", typeof(FlagsChanged))]
    [InlineData("FlagsSet", typeof(FlagsChanged))]
    [InlineData("FlagsClear", typeof(FlagsChanged))]
    [InlineData("MailboxCreate", typeof(FolderNamed))]
    [InlineData("MailboxRename", typeof(FolderNamed))]
    [InlineData("MailboxDelete", typeof(FolderDeleted))]
    public void The_examples_of_the_documentation_change_what_they_should(string type, Type change) =>
        Assert.IsType(change, Assert.Single(Changes(type, Examples()[type])));

    [Fact]
    public void An_arrival_is_read_with_all_it_has()
    {
        var blob = BlobId.Of("x"u8);
        var changes = Changes("MessageNew", Encoding.UTF8.GetBytes($$"""
            {"new":{"deep":[{"a":[[]]}]},"mailbox":{"id":4,"uidValidity":9,"path":"a/\u00e4","stateId":"s"},"sender":"<>",
             "messages":[{"uid":7,"emailId":8,"messageId":"a@b","size":100,"internalDate":"2023-11-14T22:13:20Z","flagsAfter":["\\Seen","$x"],
              "blobId":"{{blob}}","prefix":"Received: ä\r\n","unknown":null}]}
            """));
        var arrived = Assert.IsType<EntryArrived>(Assert.Single(changes));
        Assert.Equal((new FolderId(4), 9u, 7u, new EmailId(8), blob), (arrived.Folder, arrived.UidValidity, arrived.Uid, arrived.Email, arrived.Blob));
        Assert.Equal("Received: ä\r\n", Encoding.UTF8.GetString(arrived.Prefix.Span));
        Assert.Equal(("a@b", 100L, @"\Seen $x"), (arrived.MessageId, arrived.Size, arrived.Flags));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), arrived.InternalDate);
    }

    [Fact]
    public void A_prefix_that_is_no_text_comes_in_base64()
    {
        var arrived = Changes("MessageNew", Payload(Members.Arrival(1).Replace("\"uid\":1", "\"prefixBase64\":\"/w0K\",\"uid\":1", StringComparison.Ordinal)));
        Assert.Equal(new byte[] { 0xff, 13, 10 }, ((EntryArrived)arrived[0]).Prefix.ToArray());
    }

    [Theory]
    [InlineData("2:3,7", "117:119", "2-3>117 7-7>119")]
    [InlineData("1:6", "10:11,20,30:32", "1-2>10 3-3>20 4-6>30")]
    [InlineData("1,3,5", "2,4,6", "1-1>2 3-3>4 5-5>6")]
    [InlineData("4294967294:4294967295", "1:2", "4294967294-4294967295>1")]
    public void Sets_of_copies_run_in_parallel(string old, string now, string expected)
    {
        var changes = Changes("MessageCopy", Payload(Members.Transfer(1, 2, old, now)));
        var runs = Assert.IsType<EntriesTransferred>(Assert.Single(changes)).Runs;
        Assert.Equal(expected, string.Join(' ', runs.Select(r => $"{r.Old.First}-{r.Old.Last}>{r.First}")));
    }

    [Theory]
    [InlineData("MessageNew", """{"messages":[{"uid":1}]}""")]
    [InlineData("MessageNew", """{"mailbox":{"id":1},"messages":[{"uid":1}]}""")]
    [InlineData("MessageNew", """{"mailbox":{"id":1},"messages":[1]}""")]
    [InlineData("MessageNew", """{"mailbox":[]}""")]
    [InlineData("MessageNew", "[]")]
    [InlineData("MessageNew", "")]
    [InlineData("MessageNew", "\"\\ud800\"")]
    [InlineData("MessageExpunge", """{"mailbox":{"id":1},"messages":[{"uids":"2:1"}]}""")]
    [InlineData("MessageExpunge", """{"mailbox":{"id":1},"messages":[{"uids":"1,"}]}""")]
    [InlineData("MessageExpunge", """{"mailbox":{"id":1},"messages":[{"uids":"1:4294967296"}]}""")]
    [InlineData("MessageExpunge", """{"mailbox":{"id":1},"messages":[{"uids":"3,1"}]}""")]
    [InlineData("MessageCopy", """{"mailbox":{"id":1,"oldId":1},"messages":[{"uids":"1:2","oldUids":"1"}]}""")]
    [InlineData("MailboxCreate", """{"mailbox":{"id":-1,"path":"x"}}""")]
    [InlineData("HoldApplied", """{"name":"x"}""")]
    public void What_can_not_be_read_is_recorded_as_such(string type, string json) =>
        Assert.IsType<EventUnread>(Assert.Single(Changes(type, Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Depth_has_an_end() =>
        Assert.IsType<EventUnread>(Assert.Single(Changes("MailboxCreate", Encoding.UTF8.GetBytes("{\"x\":" + new string('[', 100_000)))));

    [Fact]
    public void Types_that_nobody_knows_change_nothing()
    {
        var record = new EventRecord(0, 1, default, new EventWrite(1, "Weather", default, default, default, "no json"u8.ToArray()));
        Assert.Null(EventChanges.Of(record));
    }

    private static byte[] Payload(string members) => Encoding.UTF8.GetBytes("{" + members + "}");

    private static IReadOnlyList<RecordChange> Changes(string type, byte[] payload) =>
        EventChanges.Of(new EventRecord(0, 1, default, new EventWrite(1, type, default, default, default, payload)))?.Changes ?? [];

    /// <summary>The payloads of docs/events.md by the types they stand under.</summary>
    private static Dictionary<string, byte[]> Examples()
    {
        var examples = new Dictionary<string, byte[]>();
        var (type, json) = ("", (StringBuilder?)null);
        foreach (var line in File.ReadLines(Path.Combine(Root(), "docs", "events.md")))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal)) type = line[4..];
            if (line == "```json") json = new StringBuilder();
            else if (line == "```" && json is not null) (examples[type], json) = (Encoding.UTF8.GetBytes(json.ToString()), null);
            else json?.Append(line).Append('\n');
        }

        return examples;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MailGrains.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
