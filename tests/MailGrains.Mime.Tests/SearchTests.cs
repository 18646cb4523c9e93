using System.Text;
using MailGrains.Mime.Search;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Tests;

public sealed class SearchTests
{
    static SearchTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("Subject", "grüße", true)]
    [InlineData("SUBJECT", "GRÜSSE", false)]
    [InlineData("subject", "GRÜßE AUS", true)]
    [InlineData("subject", "hello", false)]
    [InlineData("From", "jürgen", true)]
    [InlineData("From", "bob@EXAMPLE", true)]
    [InlineData("To", "", true)]
    [InlineData("Cc", "", false)]
    [InlineData("X-Folded", "one two", true)]
    [InlineData("X-Folded", "three", false)]
    [InlineData("Message-ID", "abc@x", true)]
    [InlineData("Delivered-To", "ALICE", true)]
    [InlineData("X-None", "", false)]
    public void HeadersAreSearchedDecodedAndUnfolded(string field, string text, bool expected)
    {
        var blob = Mail.Bytes("""
            From: =?iso-8859-1?Q?J=FCrgen?= <bob@example.org>
            To: alice@example.org
            Subject: =?utf-8?B?R3LDvMOfZQ==?= =?utf-8?Q?_aus?= Kiel
            Message-ID: <abc@x>
            X-Folded: one
            	two

            three
            """);
        var summary = SummaryBuilder.Build(blob);
        Assert.Equal(expected, SearchText.HeaderContains(SummaryChecks.Prefix, blob, summary, field, new Needle(text)));
        if (!field.StartsWith("X-", StringComparison.Ordinal))
            Assert.Equal(expected, SearchText.HeaderContains(SummaryChecks.Prefix, summary, field, new Needle(text)));
    }

    [Theory]
    [InlineData("utf-8", "8bit")]
    [InlineData("utf-8", "base64")]
    [InlineData("utf-8", "quoted-printable")]
    [InlineData("iso-8859-1", "8bit")]
    [InlineData("windows-1252", "base64")]
    [InlineData("utf-16", "base64")]
    [InlineData("gb18030", "base64")]
    [InlineData("\"UTF-8\"", "BASE64")]
    [InlineData("x-unknown", "8bit")]
    public void BodiesAreSearchedWithoutTheirEncodings(string charset, string transfer)
    {
        var name = charset.Trim('"').ToLowerInvariant();
        var encoding = name == "x-unknown" ? Encoding.Latin1 : Encoding.GetEncoding(name);
        var text = string.Concat(Enumerable.Repeat("Zeile mit Wörtern darin.\r\n", 3000)) + "Am Ende: Öl und SCHLUSS\r\n";
        var blob = Message(charset, transfer, encoding.GetBytes(text));
        AssertFound(blob, "zeile MIT wörtern", "öl und schluss", "darin.\r\nzeile");
        AssertNotFound(blob, "nicht", "wörter darin", "charset", "öl und schluss!");
    }

    [Theory]
    [InlineData("iso-2022-jp", "日本語の手紙")]
    [InlineData("shift_jis", "日本語の手紙")]
    [InlineData("koi8-r", "Привет МИР")]
    [InlineData("euc-kr", "안녕하세요")]
    public void NationalCharsetsAreSearched(string charset, string text)
    {
        foreach (var transfer in new[] { "8bit", "base64" })
        {
            // A long line, so that pieces are cut inside of it, at every place of a character.
            var line = string.Concat(Enumerable.Repeat(text, 4000));
            var blob = Message(charset, transfer, Encoding.GetEncoding(charset).GetBytes($".{line}!"));
            AssertFound(blob, text, text.ToLowerInvariant(), text[1..] + text, line, text + "!");
            AssertNotFound(blob, text + "x");
        }
    }

    [Fact]
    public void ANeedleIsFoundAcrossEveryEdgeOfTheBuffers()
    {
        foreach (var transfer in new[] { "8bit", "base64", "quoted-printable" })
        {
            for (var length = 16_350; length < 16_400; length++)
            {
                var text = new string('a', length) + "ÄNADEL" + new string('b', 40_000);
                AssertFound(Message("utf-8", transfer, Encoding.UTF8.GetBytes(text)), "änadel");
            }
        }
    }

    [Fact]
    public void TextLooksAtAllHeadersAndBodyDoesNot()
    {
        var blob = Mail.Bytes("""
            X-Top: tophdr
            Content-Type: multipart/mixed; boundary=b

            preamble
            --b
            X-Part: parthdr

            partbody
            --b
            Content-Type: application/octet-stream

            attachment
            --b
            Content-Type: message/rfc822

            Subject: =?utf-8?Q?inn=65rhdr?=

            innerbody
            --b--
            """);
        var summary = SummaryBuilder.Build(blob);
        bool Text(string needle) => SearchText.Contains(SummaryChecks.Prefix, blob, summary, new Needle(needle));
        bool Body(string needle) => SearchText.BodyContains(blob, summary, new Needle(needle));
        string[] inText = ["tophdr", "x-top: TOP", "parthdr", "delivered-to: alice", "partbody", "innerhdr", "innerbody"];
        Assert.All(inText, n => Assert.True(Text(n), n));
        Assert.All(["partbody", "innerbody", "innerhdr"], n => Assert.True(Body(n), n));
        Assert.All(["tophdr", "parthdr", "alice", "attachment"], n => Assert.False(Body(n), n));
        Assert.All(["attachment", "partbody1"], n => Assert.False(Text(n), n));
    }

    [Theory]
    [InlineData("ﬁne", "FINE")]
    [InlineData("Ａ１", "a1")]
    [InlineData("café", "CAFE\u0301")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος")]
    [InlineData("straße", "STRAßE")]
    public void TextsThatDifferInFormOnlyFoldAlike(string one, string other) =>
        Assert.Equal(TextFolding.Fold(one), TextFolding.Fold(other));

    private static byte[] Message(string charset, string transfer, byte[] body)
    {
        var encoded = transfer.ToLowerInvariant() switch
        {
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(body, Base64FormattingOptions.InsertLineBreaks)),
            "quoted-printable" => QuotedPrintable(body),
            _ => body,
        };
        return [.. Mail.Bytes($"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {transfer}\n\n"), .. encoded];
    }

    private static byte[] QuotedPrintable(byte[] body)
    {
        var text = new StringBuilder();
        var column = 0;
        foreach (var octet in body)
        {
            text.Append(octet is (byte)'=' or >= 0x7F ? $"={octet:X2}" : ((char)octet).ToString());
            column = octet == '\n' ? 0 : column + 1;
            if (column == 70)
            {
                text.Append("=\r\n");
                column = 0;
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static void AssertFound(byte[] blob, params string[] needles) =>
        Assert.All(needles, n => Assert.True(SearchText.BodyContains(blob, SummaryBuilder.Build(blob), new Needle(n)), n));

    private static void AssertNotFound(byte[] blob, params string[] needles) =>
        Assert.All(needles, n => Assert.False(SearchText.BodyContains(blob, SummaryBuilder.Build(blob), new Needle(n)), n));
}
