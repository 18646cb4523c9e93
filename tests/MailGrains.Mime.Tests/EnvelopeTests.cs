using MailGrains.Model.Summary;

namespace MailGrains.Mime.Tests;

public sealed class EnvelopeTests
{
    [Fact]
    public void FieldsStandInTheOrderOfTheRfc() => Assert.Equal(
        """
        ("Mon, 7 Feb 1994 21:52:25 -0800" "Afternoon meeting" (("Fred Foobar" NIL "foobar" "example.com")) ((NIL NIL "s" "example.com")) ((NIL NIL "r" "example.com")) ((NIL NIL "mooch" "example.com")) ((NIL NIL "c" "example.com")) ((NIL NIL "b" "example.com")) "<p@x>" "<B27397@example.com>")
        """,
        Mail.Envelope("""
            Date: Mon, 7 Feb 1994 21:52:25 -0800
            Subject: Afternoon
              meeting
            From: Fred Foobar <foobar@example.com>
            Sender: s@example.com
            Reply-To: r@example.com
            To: mooch@example.com
            Cc: c@example.com
            Bcc: b@example.com
            In-Reply-To: <p@x>
            Message-Id: <B27397@example.com>
            """));

    [Fact]
    public void AbsentFieldsAreNilAndEmptyOnesEmpty() => Assert.Equal(
        "(NIL \"\" NIL NIL NIL NIL NIL NIL NIL \"\")", Mail.Envelope("Subject:\nMessage-ID: "));

    [Theory]
    [InlineData("a@b", """((NIL NIL "a" "b"))""")]
    [InlineData("<a@b>", """((NIL NIL "a" "b"))""")]
    [InlineData("Ann B. <a@b>", """(("Ann B." NIL "a" "b"))""")]
    [InlineData("\"Ann \\\"x\\\" B\" <a@b>", """(("Ann \"x\" B" NIL "a" "b"))""")]
    [InlineData("a@b (Ann (the) B)", """(("Ann (the) B" NIL "a" "b"))""")]
    [InlineData("=?utf-8?Q?J=C3=BC?= <a@b>, c@d", """(("=?utf-8?Q?J=C3=BC?=" NIL "a" "b")(NIL NIL "c" "d"))""")]
    [InlineData("team: a@b, Bo <c@d>;, e@f", """((NIL NIL "team" NIL)(NIL NIL "a" "b")("Bo" NIL "c" "d")(NIL NIL NIL NIL)(NIL NIL "e" "f"))""")]
    [InlineData("undisclosed-recipients:;", """((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL))""")]
    [InlineData("open: a@b", """((NIL NIL "open" NIL)(NIL NIL "a" "b")(NIL NIL NIL NIL))""")]
    [InlineData("<@r1,@r2:a@b>", """((NIL "@r1,@r2" "a" "b"))""")]
    [InlineData("a @ b . c", """((NIL NIL "a" "b.c"))""")]
    [InlineData("\"a b\"@c", """((NIL NIL "a b" "c"))""")]
    [InlineData("a@[192.0.2.1]", """((NIL NIL "a" "[192.0.2.1]"))""")]
    [InlineData("a@[IPv6:2001:db8::1]", """((NIL NIL "a" "[IPv6:2001:db8::1]"))""")]
    [InlineData("x@y.z <x@y.z>", """(("x@y.z" NIL "x" "y.z"))""")]
    [InlineData("<\"\"@x>", """((NIL NIL "" "x"))""")]
    [InlineData("<>", """((NIL NIL "" ""))""")]
    [InlineData("root", """((NIL NIL "root" ""))""")]
    [InlineData("Some One", """(("Some One" NIL "" ""))""")]
    [InlineData("Foo <a@b, Bar <c@d>", """(("Foo" NIL "a" "b")("Bar" NIL "c" "d"))""")]
    [InlineData(", ,a@b,,", """((NIL NIL "a" "b"))""")]
    [InlineData("\"never closed <a@b>", """(("never closed <a@b>" NIL "" ""))""")]
    [InlineData("a@b (never closed \\", """(("never closed \\" NIL "a" "b"))""")]
    [InlineData("J\u00fcrgen <a@b>", "(({6}\r\nJ\u00fcrgen NIL \"a\" \"b\"))")]
    [InlineData(";;", "NIL")]
    [InlineData("", "NIL")]
    public void AddressesAreTakenApart(string to, string expected) => Assert.Equal(
        $"(NIL NIL NIL NIL NIL {expected} NIL NIL NIL NIL)", Mail.Envelope($"To: {to}"));

    [Fact]
    public void FromStandsInForSenderAndReplyTo() => Assert.Equal(
        """(NIL NIL ((NIL NIL "a" "b")) ((NIL NIL "a" "b")) ((NIL NIL "a" "b")) NIL NIL NIL NIL NIL)""",
        Mail.Envelope("From: a@b\nReply-To: "));

    [Fact]
    public void FieldsOfOneNameAreOneList() => Assert.Equal(
        """(NIL NIL NIL NIL NIL ((NIL NIL "a" "b")(NIL NIL "c" "d")) NIL NIL NIL NIL)""", Mail.Envelope("To: a@b\nTo: c@d"));

    [Theory]
    [InlineData("Mon, 7 Feb 1994 21:52:25 -0800", "1994-02-07")]
    [InlineData("7 Feb 94 21:52 PST", "1994-02-07")]
    [InlineData("Thu, 31 Dec 09 23:59:59 +1400 (XYZ)", "2009-12-31")]
    [InlineData("Fri Dec 31 23:59:59 2021", "2021-12-31")]
    [InlineData("1-Jan-2020 00:00:00 +0000", "2020-01-01")]
    [InlineData("2020-02-29 10:00:00", "2020-02-29")]
    [InlineData("31 Feb 2020", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void SentDateIsTheDayAsWritten(string date, string? expected) => Assert.Equal(
        expected is null ? null : DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        SummaryBuilder.Build(Mail.Bytes($"Date: {date}\n\n")).SentDate);

    [Fact]
    public void ReferencesGiveTheAncestorsAndElseInReplyTo()
    {
        static MessageSummary Of(string header) => SummaryBuilder.Build(Mail.Bytes(header + "\n\n"));
        var root = Of("Message-ID: <root@x>");
        var parent = Of("Message-ID: <parent@x>\nReferences: <root@x>");
        var child = Of("References: <root@x>\n <parent@x>\nIn-Reply-To: <other@x>");
        var reply = Of("In-Reply-To: Your message <parent@x>");
        Assert.Equal([root.MessageIdHash, parent.MessageIdHash], [child.Reference(0), child.Reference(1)]);
        Assert.Equal(2, child.ReferenceCount);
        Assert.Equal(parent.MessageIdHash, reply.Reference(0));
        Assert.Equal(0, root.ReferenceCount);
        Assert.NotEqual(root.MessageIdHash, parent.MessageIdHash);
    }
}
