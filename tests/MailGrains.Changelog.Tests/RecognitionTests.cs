using System.Text;
using MailGrains.Changelog.Objects;
using MailGrains.Changelog.Reading;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.Tests;

public sealed class RecognitionTests
{
    [Theory]
    [InlineData("event-v3", GroupwareKind.Event, "0015c5fe-9baf-0561-11e3-d584fa2894b7", "application/calendar+xml", "<?xml")]
    [InlineData("event-v2", GroupwareKind.Event, "KOrganizer-1373421200.871", "application/x-vnd.kolab.event", "<?xml")]
    [InlineData("note-v3", GroupwareKind.Note, "b2d0a1c4-6f4e-4a55-9b7c-111111111111", "application/vnd.kolab+xml", "<?xml")]
    [InlineData("contact-v3", GroupwareKind.Contact, "447FA46C07B1D1E2", "application/vcard+xml", "<?xml")]
    [InlineData("list-v3", GroupwareKind.DistributionList, "list-1", "application/vcard+xml", "<vcards")]
    [InlineData("journal-v3", GroupwareKind.Journal, "journal-1", "application/calendar+xml", "<icalendar")]
    [InlineData("file-v3", GroupwareKind.File, "file-1", "application/vnd.kolab+xml", "<file")]
    [InlineData("configuration-v3", GroupwareKind.Configuration, "configuration-1", "application/vnd.kolab+xml", "<configuration")]
    [InlineData("task", GroupwareKind.Task, "task-77@example.org", "text/calendar", "BEGIN:VCALENDAR")]
    [InlineData("card3", GroupwareKind.Contact, "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1", "text/vcard", "BEGIN:VCARD")]
    [InlineData("card4", GroupwareKind.Contact, "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1", "text/vcard", "BEGIN:VCARD")]
    public void Objects_are_recognised(string sample, GroupwareKind kind, string uid, string mediaType, string begin)
    {
        var found = Sample.Recognised(Sample.Read(sample));
        Assert.Equal((kind, uid, mediaType), (found.Kind, found.Uid, found.MediaType));
        Assert.StartsWith(begin, found.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_that_of_the_part_without_its_encodings()
    {
        var message = Sample.Text("event-v2").Replace("p=FCnktlich", "p=FC=\nnktlich", StringComparison.Ordinal);
        var found = Sample.Recognised(Sample.Bytes(message));
        Assert.Contains("<body>Bitte pünktlich</body>", found.Payload, StringComparison.Ordinal);
        Assert.Contains("<location>Café</location>", found.Payload, StringComparison.Ordinal);
        Assert.Contains("Müller &amp; Söhne", Sample.Recognised(Sample.Read("event-v3")).Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_is_enough_without_Kolabs_header()
    {
        foreach (var sample in new[] { "event-v2", "event-v3", "note-v3" })
        {
            var without = Sample.Text(sample).ReplaceLineEndings("\n").Split('\n').Where(l => !l.StartsWith("X-Kolab-Type", StringComparison.Ordinal));
            Assert.Equal(Sample.Recognised(Sample.Read(sample)), GroupwareObject.Recognise(Sample.Bytes(string.Join("\n", without))));
        }
    }

    [Theory]
    [InlineData("X-Kolab-Type: application/x-vnd.kolab.event\n")]
    [InlineData("x-kolab-type:\n application/X-VND.kolab.EVENT; x=y\n")]
    public void A_damaged_object_is_known_by_what_the_header_says(string field)
    {
        var message = Sample.Bytes(field + "Subject: event-1\nContent-Type: application/calendar+xml\n\n<icalendar><vcalendar><uid>");
        var found = Sample.Recognised(message);
        Assert.Equal((GroupwareKind.Event, "event-1"), (found.Kind, found.Uid));
        Assert.StartsWith("<icalendar>", found.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_uid_is_whole_when_its_Subject_was_folded()
    {
        var found = Sample.Recognised(Sample.Bytes(
            "X-Kolab-Type: application/x-vnd.kolab.note\nSubject: 0123456789-\n 0123456789\nContent-Type: application/vnd.kolab+xml\n\n<note><"));
        Assert.Equal("0123456789-0123456789", found.Uid);
    }

    [Fact]
    public void Mail_is_no_object()
    {
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes("Subject: hello\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n")));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes("Subject: hello\nContent-Type: text/html\n\n<event><uid>1</uid></event>")));
        Assert.Null(GroupwareObject.Recognise(ReadOnlyMemory<byte>.Empty));
    }

    [Fact]
    public void An_invitation_is_no_object_of_the_calendar()
    {
        var invitation = Sample.Changed("task", "VERSION:2.0\n", "VERSION:2.0\nMETHOD:REQUEST\n");
        Assert.Null(GroupwareObject.Recognise(invitation));
        Assert.NotNull(GroupwareObject.Recognise(Sample.Read("task")));
    }

    [Theory]
    [InlineData("text/vcard", "card3")]
    [InlineData("text/calendar", "task")]
    public void What_is_attached_to_a_mail_is_no_object(string type, string sample)
    {
        var body = Sample.Text(sample).ReplaceLineEndings("\n").Split("\n\n", 2)[1];
        string Mail(string field) => $"{field}Subject: attached\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: {type}\n\n{body}\n--b--\n";
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Mail(""))));
        Assert.NotNull(GroupwareObject.Recognise(Sample.Bytes(Mail("X-Kolab-Type: application/x-vnd.kolab.event\n"))));
    }

    [Fact]
    public void What_is_in_a_forwarded_message_is_no_object()
    {
        var inner = Sample.Text("event-v3").ReplaceLineEndings("\n");
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes($"Subject: fwd\nContent-Type: message/rfc822\n\n{inner}")));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(
            $"Subject: fwd\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nsee below\n--o\nContent-Type: message/rfc822\n\n{inner}\n--o--\n")));
    }

    [Theory]
    [InlineData("<!DOCTYPE note [<!ENTITY a \"aaaa\">]><note><uid>1</uid><summary>&a;</summary></note>")]
    [InlineData("<!DOCTYPE note SYSTEM \"file:///etc/passwd\"><note><uid>1</uid></note>")]
    [InlineData("<!DOCTYPE note [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><note><uid>&a;</uid></note>")]
    public void Documents_with_a_DTD_are_not_read(string xml) =>
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes("Content-Type: application/vnd.kolab+xml\n\n" + xml)));

    [Fact]
    public void What_is_too_deep_or_has_too_many_parts_is_not_read()
    {
        string Note(string inside) => "Content-Type: application/vnd.kolab+xml\n\n<note><uid>1</uid>" + inside + "</note>";
        string Nested(int levels) => string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels));
        Assert.NotNull(GroupwareObject.Recognise(Sample.Bytes(Note(Nested(ReadingLimits.Depth - 1)))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Note(Nested(ReadingLimits.Depth)))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Note(Nested(100_000)))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Note(string.Concat(Enumerable.Repeat("<a/>", ReadingLimits.Nodes))))));

        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Note($"<{new string('a', ReadingLimits.NameLength + 1)}/>"))));

        string Calendar(string inside) => "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n" + inside + "END:VEVENT\nEND:VCALENDAR\n";
        Assert.NotNull(GroupwareObject.Recognise(Sample.Bytes(Calendar("X-A:b\n"))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Calendar(string.Concat(Enumerable.Repeat("BEGIN:A\n", ReadingLimits.Depth))))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Calendar(string.Concat(Enumerable.Repeat("X-A:b\n", ReadingLimits.Nodes))))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Calendar("X-A" + string.Concat(Enumerable.Repeat(";a=b", ReadingLimits.Nodes)) + ":c\n"))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Calendar("CATEGORIES:" + string.Concat(Enumerable.Repeat("a,", ReadingLimits.Nodes)) + "\n"))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Calendar("RRULE:" + string.Concat(Enumerable.Repeat("a=b;", ReadingLimits.Nodes)) + "\n"))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Calendar("DESCRIPTION:" + new string('x', ReadingLimits.PayloadOctets) + "\n"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\u0001b")]
    public void An_object_without_a_fair_uid_is_none(string uid) =>
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes($"Content-Type: text/vcard\n\nBEGIN:VCARD\nUID:{uid}\nFN:x\nEND:VCARD\n")));

    [Fact]
    public void A_uid_may_have_255_octets()
    {
        string Card(string uid) => $"Content-Type: text/vcard; charset=utf-8\n\nBEGIN:VCARD\nUID:{uid}\nFN:x\nEND:VCARD\n";
        Assert.NotNull(GroupwareObject.Recognise(Sample.Bytes(Card(new string('x', 255)))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Card(new string('x', 256)))));
        Assert.Null(GroupwareObject.Recognise(Sample.Bytes(Card(new string('ü', 128)))));
    }

    [Fact]
    public void An_octet_order_mark_counts_more_than_what_is_declared()
    {
        var xml = "<?xml version=\"1.0\" encoding=\"utf-16\"?><note><uid>1</uid><summary>ü</summary></note>";
        byte[] message = [.. Sample.Bytes("Content-Type: application/vnd.kolab+xml\nContent-Transfer-Encoding: base64\n\n"),
            .. Encoding.ASCII.GetBytes(Convert.ToBase64String([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(xml)]))];
        Assert.Contains("<summary>ü</summary>", Sample.Recognised(message).Payload, StringComparison.Ordinal);
    }
}
