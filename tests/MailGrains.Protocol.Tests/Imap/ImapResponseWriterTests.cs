using System.Buffers;
using System.Text;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Imap.Responses;
using MailGrains.Model;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

public sealed class ImapResponseWriterTests
{
    private static readonly UidSet Uids = new([new UidRange(2, 4), new UidRange(9, 9)]);

    private static string Written(Action<ImapResponseWriter> write, bool utf8 = false)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new ImapResponseWriter(output) { Utf8 = utf8 });
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [Fact]
    public void Status_responses()
    {
        Assert.Equal("a1 OK [READ-WRITE] SELECT completed\r\n", Written(w => w.Tagged("a1", ImapCondition.Ok, "SELECT completed", ResponseCodes.ReadWrite)));
        Assert.Equal("* BAD Invalid tag\r\n", Written(w => w.Tagged(null, ImapError.Bad("Invalid tag"))));
        Assert.Equal("* BYE [TOOBIG] Command line too long\r\n", Written(w => w.Untagged(ImapCondition.Bye, "Command line too long", ResponseCodes.TooBig)));
        Assert.Equal("a NO [COPYUID 7 2:4,9 5] done\r\n", Written(w => w.Tagged("a", ImapCondition.No, "done", ResponseCodes.CopyUid(7, Uids, new([new(5, 5)])))));
        Assert.Equal("+ idling\r\n", Written(w => w.Continuation("idling")));
        Assert.Equal("+ \r\n", Written(w => w.Challenge([])));
        Assert.Equal("+ cj1h\r\n", Written(w => w.Challenge("r=a"u8)));
    }

    [Fact]
    public void Text_cannot_break_out_of_its_line() =>
        Assert.Equal("a NO x??* OK ?\r\n", Written(w => w.Tagged("a", ImapCondition.No, "x\r\n* OK ä")));

    [Theory]
    [InlineData("UIDVALIDITY 5")]
    [InlineData("UIDNEXT 4294967295")]
    [InlineData("UNSEEN 3")]
    [InlineData("HIGHESTMODSEQ 9223372036854775807")]
    [InlineData("MODIFIED 2:4,9")]
    [InlineData("APPENDUID 5 2:4,9")]
    [InlineData("MAILBOXID (F1)")]
    [InlineData(@"PERMANENTFLAGS (\Seen \*)")]
    [InlineData("CAPABILITY IMAP4rev1 IDLE")]
    public void Response_codes_with_arguments(string expected) => Assert.Contains(expected, new[]
    {
        ResponseCodes.UidValidity(5), ResponseCodes.UidNext(uint.MaxValue), ResponseCodes.Unseen(3), ResponseCodes.HighestModSeq(long.MaxValue),
        ResponseCodes.Modified(Uids), ResponseCodes.AppendUid(5, Uids), ResponseCodes.MailboxId("F1"),
        ResponseCodes.PermanentFlags([@"\Seen"], newKeywords: true), ResponseCodes.Capability(["IMAP4rev1", "IDLE"]),
    });

    [Fact]
    public void Server_data()
    {
        Assert.Equal("* CAPABILITY IMAP4rev1 IMAP4rev2\r\n", Written(w => w.Capability(["IMAP4rev1", "IMAP4rev2"])));
        Assert.Equal("* ENABLED\r\n", Written(w => w.Enabled([])));
        Assert.Equal("* ENABLED CONDSTORE\r\n", Written(w => w.Enabled(["CONDSTORE"])));
        Assert.Equal("* ID NIL\r\n", Written(w => w.Id([])));
        Assert.Equal("* ID (\"name\" \"Mail\\\"Grains\" \"os\" NIL)\r\n", Written(w => w.Id([new("name", "Mail\"Grains"), new("os", null)])));
        Assert.Equal("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n", Written(w => w.Namespace("", '/')));
        Assert.Equal("* FLAGS (\\Seen $Junk)\r\n", Written(w => w.Flags([@"\Seen", "$Junk"])));
    }

    [Fact]
    public void List_with_extended_data()
    {
        Assert.Equal("* LIST (\\HasChildren) \"/\" INBOX\r\n", Written(w => w.List(new ListEntry([@"\HasChildren"], '/', "INBOX"))));
        Assert.Equal("* LIST () NIL \"a b\"\r\n", Written(w => w.List(new ListEntry([], null, "a b"))));
        Assert.Equal("* LIST () \"\\\\\" x\r\n", Written(w => w.List(new ListEntry([], '\\', "x"))));
        Assert.Equal("* LSUB () \"/\" x\r\n", Written(w => w.Lsub(new ListEntry([], '/', "x"))));
        Assert.Equal(
            "* LIST () \"/\" new (\"CHILDINFO\" (\"SUBSCRIBED\") \"OLDNAME\" (\"old name\"))\r\n",
            Written(w => w.List(new ListEntry([], '/', "new") { ChildInfoSubscribed = true, OldName = "old name" })));
    }

    [Theory]
    [InlineData("x", false, "x")]
    [InlineData("", false, "\"\"")]
    [InlineData("nil", false, "\"nil\"")]
    [InlineData("a\"b\\", false, "\"a\\\"b\\\\\"")]
    [InlineData("a%", false, "\"a%\"")]
    [InlineData("ü&", false, "&APw-&-")]
    [InlineData("ü&", true, "\"ü&\"")]
    public void Mailbox_names_read_back(string name, bool utf8, string encoded)
    {
        var line = Written(w => w.List(new ListEntry([], '/', name)), utf8);
        Assert.Equal($"* LIST () \"/\" {encoded}\r\n", line);
        var command = ImapCommandParser.Parse(Encoding.UTF8.GetBytes($"a DELETE {encoded}\r\n"), new ImapParseOptions(utf8)).Command;
        Assert.Equal(new MailboxName(name), Assert.IsType<DeleteCommand>(command).Mailbox);
    }

    [Fact]
    public void What_cannot_be_quoted_is_a_literal()
    {
        Assert.Equal("* ID (\"n\" {4}\r\na\r\nb)\r\n", Written(w => w.Id([new("n", "a\r\nb")])));
        Assert.Equal("* ID (\"n\" {2}\r\nä)\r\n", Written(w => w.Id([new("n", "ä")])));
        Assert.Equal("* ID (\"n\" \"ä\")\r\n", Written(w => w.Id([new("n", "ä")]), utf8: true));
        Assert.Equal("* ID (\"n\" ~{1}\r\n\0)\r\n", Written(w => w.Id([new("n", "\0")])));
    }

    [Fact]
    public void Status_of_a_mailbox_gives_what_was_asked()
    {
        var values = new StatusValues { Messages = 1, Recent = 2, UidNext = 3, UidValidity = 4, Unseen = 5, Deleted = 6, Size = 7_000_000_000, HighestModSeq = 8, MailboxId = "F9" };
        Assert.Equal("* STATUS x (MESSAGES 1 UNSEEN 5)\r\n", Written(w => w.Status("x", StatusItems.Messages | StatusItems.Unseen, values)));
        var all = Enum.GetValues<StatusItems>().Aggregate((a, b) => a | b);
        Assert.Equal(
            "* STATUS x (MESSAGES 1 RECENT 2 UIDNEXT 3 UIDVALIDITY 4 UNSEEN 5 DELETED 6 SIZE 7000000000 HIGHESTMODSEQ 8 APPENDLIMIT NIL MAILBOXID (F9))\r\n",
            Written(w => w.Status("x", all, values)));
        Assert.Equal("* STATUS x (MAILBOXID (F9))\r\n", Written(w => w.Status("x", StatusItems.MailboxId, values)));
    }

    [Fact]
    public void Message_counts_and_removals()
    {
        Assert.Equal("* 23 EXISTS\r\n", Written(w => w.Exists(23)));
        Assert.Equal("* 0 RECENT\r\n", Written(w => w.Recent(0)));
        Assert.Equal("* 4294967295 EXPUNGE\r\n", Written(w => w.Expunge(uint.MaxValue)));
        Assert.Equal("* VANISHED 2:4,9\r\n", Written(w => w.Vanished(Uids, earlier: false)));
        Assert.Equal("* VANISHED (EARLIER) 2:4,9\r\n", Written(w => w.Vanished(Uids, earlier: true)));
        Assert.Equal("", Written(w => w.Vanished(UidSet.Empty, earlier: false)));
    }

    [Fact]
    public void Search_results()
    {
        Assert.Equal("* SEARCH\r\n", Written(w => w.Search(UidSet.Empty, modSeq: 5)));
        Assert.Equal("* SEARCH 2 3 4 9 (MODSEQ 5)\r\n", Written(w => w.Search(Uids, modSeq: 5)));
        const SearchReturnOptions Every = SearchReturnOptions.Min | SearchReturnOptions.Max | SearchReturnOptions.All | SearchReturnOptions.Count;
        Assert.Equal("* ESEARCH (TAG \"a\") UID MIN 2 MAX 9 ALL 2:4,9 COUNT 4 MODSEQ 5\r\n", Written(w => w.Esearch("a", byUid: true, Every, Uids, modSeq: 5)));
        Assert.Equal("* ESEARCH (TAG \"a\") COUNT 0\r\n", Written(w => w.Esearch("a", byUid: false, Every, UidSet.Empty)));
    }

    [Fact]
    public void Large_results_are_whole()
    {
        var all = new UidSet([new UidRange(1, 20_000)]);
        Assert.Equal("* SEARCH " + string.Join(' ', Enumerable.Range(1, 20_000)) + "\r\n", Written(w => w.Search(all)));
    }
}
