using System.Collections.Immutable;
using MailGrains.Mime.Sections;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Tests;

/// <summary>Section numbers on a message built like the example of RFC 9051 section 6.4.5.1.</summary>
public sealed class SectionTests
{
    private static readonly byte[] s_message = Mail.Bytes("""
        From: a@example.org
        Subject: outer
        Content-Type: MULTIPART/MIXED; boundary="m"

        preamble
        --m

        one
        --m
        Content-Type: application/octet-stream
        Content-Transfer-Encoding: base64

        dHdv
        --m
        Content-Type: message/rfc822
        Content-Description: the third

        From: b@example.org
        Subject: inner
        Content-Type: multipart/mixed; boundary=n

        --n
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        three=20=
        one
        --n
        Content-Type: image/gif
        Content-Transfer-Encoding: x-own

        gif
        --n--
        --m
        Content-Type: multipart/mixed; boundary="m2"

        --m2
        Content-Type: message/rfc822

        Subject: single

        4.1.1
        --m2
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/plain

        plain
        --a
        Content-Type: text/html

        <p>
        --a--
        --m2--
        --m--
        epilogue

        """);

    [Theory]
    [InlineData("1", "one")]
    [InlineData("2", "dHdv")]
    [InlineData("3.1", "three=20=\r\none")]
    [InlineData("3.2", "gif")]
    [InlineData("4.1", "Subject: single\r\n\r\n4.1.1")]
    [InlineData("4.1.1", "4.1.1")]
    [InlineData("4.2.1", "plain")]
    [InlineData("4.2.2", "<p>")]
    [InlineData("1.1", null)]
    [InlineData("5", null)]
    [InlineData("0", null)]
    [InlineData("3.3", null)]
    [InlineData("3.1.1", null)]
    [InlineData("4.1.2", null)]
    public void NumbersNameBodies(string numbers, string? expected) => Assert.Equal(expected, Read(numbers, SectionKind.All));

    [Theory]
    [InlineData("1", SectionKind.Mime, "\r\n")]
    [InlineData("2", SectionKind.Mime, "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n")]
    [InlineData("3", SectionKind.Mime, "Content-Type: message/rfc822\r\nContent-Description: the third\r\n\r\n")]
    [InlineData("3", SectionKind.Header, "From: b@example.org\r\nSubject: inner\r\nContent-Type: multipart/mixed; boundary=n\r\n\r\n")]
    [InlineData("4.1", SectionKind.Header, "Subject: single\r\n\r\n")]
    [InlineData("4.1", SectionKind.Text, "4.1.1")]
    [InlineData("4.1.1", SectionKind.Mime, "Subject: single\r\n\r\n")]
    [InlineData("4.2.2", SectionKind.Mime, "Content-Type: text/html\r\n\r\n")]
    [InlineData("1", SectionKind.Header, null)]
    [InlineData("4", SectionKind.Text, null)]
    [InlineData("", SectionKind.Mime, null)]
    public void SectionTextsNameHeadersAndTexts(string numbers, SectionKind kind, string? expected) =>
        Assert.Equal(expected, Read(numbers, kind));

    [Theory]
    [InlineData("", SectionKind.HeaderFields, "subject X-None", "Subject: outer\r\n\r\n")]
    [InlineData("", SectionKind.HeaderFields, "x-none", "\r\n")]
    [InlineData("", SectionKind.HeaderFieldsNot, "SUBJECT content-type", "From: a@example.org\r\n\r\n")]
    [InlineData("3", SectionKind.HeaderFields, "FROM", "From: b@example.org\r\n\r\n")]
    [InlineData("3", SectionKind.HeaderFieldsNot, "From Content-Type", "Subject: inner\r\n\r\n")]
    [InlineData("2", SectionKind.HeaderFields, "From", null)]
    public void HeaderFieldsAreChosenByName(string numbers, SectionKind kind, string fields, string? expected) =>
        Assert.Equal(expected, Mail.Section(s_message, new SectionPath(Numbers(numbers), kind, [.. fields.Split(' ')])));

    [Fact]
    public void CachedHeaderFieldsNeedNoBlobAndIncludeTheTraceHeader()
    {
        var summary = SummaryBuilder.Build(s_message);
        var path = SectionPath.HeaderFields("From", "Delivered-To", "Bcc");
        Assert.False(SectionReader.NeedsBlob(summary, path));
        Assert.True(SectionReader.NeedsBlob(summary, SectionPath.HeaderFields("From", "X-Unheard-Of")));
        Assert.Equal(
            "Delivered-To: alice@example.org\r\nFrom: a@example.org\r\n\r\n",
            Mail.String(SectionReader.Read(SummaryChecks.Prefix, default, summary, path).ToArray()));
    }

    [Fact]
    public void PartOneOfASinglePartMessageIsItsBody()
    {
        var blob = Mail.Bytes("Subject: x\n\nbody\n");
        Assert.Equal("body\r\n", Mail.Section(blob, SectionPath.Part(1)));
        Assert.Null(Mail.Section(blob, SectionPath.Part(2)));
        Assert.Null(Mail.Section(blob, SectionPath.Part(1, 1)));
        var mime = SectionReader.Read(SummaryChecks.Prefix, blob, SummaryBuilder.Build(blob), new SectionPath([1], SectionKind.Mime));
        Assert.Equal([.. SummaryChecks.Prefix, .. Mail.Bytes("Subject: x\n\n")], mime.ToArray());
    }

    [Theory]
    [InlineData("2", BinaryStatus.Decoded, "two")]
    [InlineData("3.1", BinaryStatus.Decoded, "three one")]
    [InlineData("3.2", BinaryStatus.UnknownEncoding, null)]
    [InlineData("1", BinaryStatus.Decoded, "one")]
    [InlineData("9", BinaryStatus.Absent, null)]
    public void BinaryRemovesTheTransferEncoding(string numbers, BinaryStatus status, string? expected)
    {
        var summary = SummaryBuilder.Build(s_message);
        var path = Numbers(numbers);
        var data = SectionReader.ReadBinary(default, s_message, summary, path.AsSpan());
        Assert.Equal(status, data.Status);
        var size = SectionReader.MeasureBinary(default, s_message, summary, path.AsSpan());
        Assert.Equal(status, size.Status);
        if (expected is not null)
        {
            Assert.Equal(expected, Mail.String(data.Data.ToArray()));
            Assert.Equal(expected.Length, size.Octets);
        }
    }

    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(30, 12, 12)]
    [InlineData(60, 40, 40)]
    [InlineData(100_000, 10, 0)]
    [InlineData(4294967295, 4294967295, 0)]
    public void PartialsAreCutAcrossTheSlices(ulong offset, ulong count, int expected)
    {
        byte[] whole = [.. SummaryChecks.Prefix, .. s_message];
        var data = SectionReader.Read(SummaryChecks.Prefix, s_message, SummaryBuilder.Build(s_message), SectionPath.Whole);
        var start = (int)Math.Min(offset, (ulong)whole.Length);
        var end = (int)Math.Min(offset + count, (ulong)whole.Length);
        Assert.Equal(Mail.String(whole.AsSpan(start..end)), Mail.String(data.Slice(offset, count).ToArray()));
        Assert.Equal(expected, data.Slice(offset, count).Length);
    }

    [Fact]
    public void AnotherBlobThanTheSummarysIsRefused() => Assert.Throws<ArgumentException>(
        () => SectionReader.Read(default, new byte[3], SummaryBuilder.Build(s_message), SectionPath.Whole));

    [Fact]
    public void StructureIsRenderedWithAllFields() => Assert.Equal(
        """(("text" "plain" ("charset" "UTF-8" "format" "flowed") "<id@x>" "what it is" "quoted-printable" 7 1 "Q2hlY2s=" ("attachment" ("filename" "a b.txt")) ("en" "de") "http://x/")"""
        + """("message" "rfc822" NIL NIL NIL "7bit" 22 (NIL "in" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 7 1 NIL NIL NIL NIL) 3 NIL NIL NIL NIL)"""
        + """("image" "png" ("name" "x;y.png") NIL NIL "base64" 4 NIL NIL NIL NIL) "mixed" ("boundary" "b") NIL NIL NIL)""",
        Mail.BodyStructure("""
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: Text/Plain; Charset=UTF-8 (a comment);
             format=flowed
            Content-ID: <id@x>
            Content-Description: what
             it is
            Content-Transfer-Encoding: Quoted-Printable
            Content-MD5: Q2hlY2s=
            Content-Disposition: attachment; filename=a b.txt
            Content-Language: en, de
            Content-Location: http://x/

            hello

            --b
            Content-Type: message/rfc822

            Subject: in

            inner

            --b
            Content-Type: image/png; name="x;y.png"
            Content-Transfer-Encoding: base64

            AAAA
            --b--
            """));

    [Fact]
    public void BodyIsTheStructureWithoutExtensions() => Assert.Equal(
        """(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 1 0)("text" "html" NIL NIL NIL "7bit" 3 0) "alternative")""",
        Mail.String(SummaryChecks.Body(SummaryBuilder.Build(Mail.Bytes("""
            Content-Type: multipart/alternative; boundary=b
            Content-Language: en

            --b

            x
            --b
            Content-Type: text/html
            Content-Disposition: inline

            <p>
            --b--
            """)))));

    [Fact]
    public void DigestPartsAreMessagesByDefault() => Assert.StartsWith(
        """(("message" "rfc822" NIL NIL NIL "7bit" """,
        Mail.BodyStructure("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\ny\n--b--\n"), StringComparison.Ordinal);

    private static string? Read(string numbers, SectionKind kind) => Mail.Section(s_message, new SectionPath(Numbers(numbers), kind));

    private static ImmutableArray<uint> Numbers(string text) =>
        [.. text.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(uint.Parse)];
}
