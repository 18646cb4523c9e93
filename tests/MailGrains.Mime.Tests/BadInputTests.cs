using System.Text;
using MailGrains.Mime.Search;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Tests;

/// <summary>
/// Messages made to hurt: a summary that is valid, in time and memory that its size explains. Bounds are wide
/// and far below what anything quadratic or recursive would need.
/// </summary>
[Collection(MeasuredCollection.Name)]
public sealed class BadInputTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public void AHundredThousandPartsAreCutAtTheLimit()
    {
        var blob = Bytes("Content-Type: multipart/mixed; boundary=b\n\n", Repeat("--b\n\nx\n", 100_000), "--b--\n");
        var summary = Check(blob, 16 * Megabyte);
        Assert.True(summary.Flags.HasFlag(SummaryFlags.StructureTruncated));
        Assert.Equal(SummaryLimits.Parts, Count(summary));
    }

    [Theory]
    [InlineData(90, false)]
    [InlineData(1000, true)]
    public void DeepMultipartsAreCutAtTheLimit(int depth, bool isCut)
    {
        var blob = Bytes([.. Enumerable.Range(0, depth).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"), "\nx\n"]);
        var summary = Check(blob);
        Assert.Equal(isCut, summary.Flags.HasFlag(SummaryFlags.StructureTruncated));
        Assert.Equal(Math.Min(depth, SummaryLimits.Depth) + 1, Count(summary));
    }

    [Fact]
    public void DeepMessagesAreCutAtTheLimit()
    {
        var summary = Check(Bytes(Repeat("Subject: s\nContent-Type: message/rfc822\n\n", 10_000), "x\n"));
        Assert.True(summary.Flags.HasFlag(SummaryFlags.StructureTruncated));
        Assert.Equal(SummaryLimits.Depth + 1, Count(summary));
    }

    [Fact]
    public void ACutContainerIsShownAsAFile()
    {
        var blob = Bytes(Repeat("Content-Type: message/rfc822\n\n", 101), "Content-Type: text/plain\n\nx\n");
        Assert.Contains("\"application\" \"octet-stream\"", Mail.String(Check(blob).BodyStructure.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/mixed", "text/plain")]
    [InlineData("multipart/mixed; boundary=\"\"", "text/plain")]
    [InlineData("multipart/mixed; boundary=b", "mixed")]
    public void AMultipartWithoutAUsableBoundaryIsText(string type, string expected)
    {
        var structure = ImapSyntax.Body(Check(Bytes($"Content-Type: {type}\n\n--\nhello\n-- \n")).BodyStructure.Span, extended: true);
        var shown = structure[0].Items is null ? $"{structure[0].Text}/{structure[1].Text}" : structure[1].Text;
        Assert.Equal(expected, shown);
    }

    [Fact]
    public void ABoundaryOfAMegabyteIsNone()
    {
        var boundary = new string('b', 1_000_000);
        Check(Bytes($"Content-Type: multipart/mixed; boundary=\"{boundary}\"\n\n--{boundary}\n\nx\n--{boundary}--\n"), 8 * Megabyte);
    }

    [Fact]
    public void ABoundaryThatStartsLikeItsParentsIsTakenForItself()
    {
        var summary = Check(Bytes(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=bb\n\n",
            "--bb\n\n1\n--bb--\n--b\n\n2\n--b--\n"));
        Assert.Equal(4, Count(summary));
        Assert.Equal("\"mixed\"", Mail.String(SummaryChecks.Body(summary)).Split(' ')[^1].TrimEnd(')'));
    }

    [Fact]
    public void AnOuterBoundaryEndsAnUnterminatedMultipart()
    {
        var blob = Bytes(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=i\n\n",
            "--i\n\n1\n--b\n\n2");
        Check(blob);
        Assert.Equal("1", Mail.Section(blob, SectionPath.Part(1, 1)));
        Assert.Equal("2", Mail.Section(blob, SectionPath.Part(2)));
    }

    [Theory]
    [InlineData("Subject")]
    [InlineData("From")]
    [InlineData("Content-Type")]
    [InlineData("References")]
    [InlineData("X-Other")]
    public void AHeaderOfTenMegabytesIsCut(string name)
    {
        foreach (var unit in new[] { "a", "<a@b> ", "a;b=c;", "(", "\"", "[@[", "=?utf-8?Q?a?= " })
            Check(Bytes($"{name}: ", Repeat(unit, 10_000_000 / unit.Length), "\n\nx\n"), 40 * Megabyte);
    }

    [Fact]
    public void AMillionHeadersAreRead()
    {
        Check(Bytes(Repeat("A: b\n", 1_000_000), "\nx"));
        Check(Bytes(Repeat("To: a@b\n", 1_000_000), "\nx"));
        Check(Bytes(Repeat("b\n", 1_000_000), "\nx"));
    }

    [Fact]
    public void AHundredThousandRecipientsAreCut()
    {
        var summary = Check(Bytes("To: a@b", Repeat(",\n \"Some One\" <someone@example.org>", 100_000), "\n\nx"), 24 * Megabyte);
        Assert.True(summary.Flags.HasFlag(SummaryFlags.FieldTruncated));
        Assert.InRange(summary.Envelope.Length, 100_000, 1_000_000);
        Assert.False(summary.Covers(CachedFields.IndexOf("To")));
        Assert.False(summary.SearchText(SearchField.To).IsStored);
    }

    [Fact]
    public void AHundredThousandContinuedParametersAreCut()
    {
        var continued = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"; name*{i}=x"));
        var summary = Check(Bytes("Content-Type: text/plain", continued, "\n\nx"), 16 * Megabyte);
        Assert.True(summary.Flags.HasFlag(SummaryFlags.FieldTruncated));
    }

    [Theory]
    [InlineData("(((((((((a)))))")]
    [InlineData("(a\\")]
    [InlineData("\"a\\")]
    [InlineData("=?utf-8?Q?=E2=82?= =?x?y?z?= =?utf-8?B?4oI=?=")]
    [InlineData("\u00e2\u0082")]
    [InlineData("a\0b\rc")]
    [InlineData("<\"\"@x>, <@>, :;:;, ;a:b:c;, <<a>>@")]
    public void BrokenFieldsMakeValidEnvelopes(string value)
    {
        string[] names = ["From", "To", "Subject", "Date", "Message-ID", "Content-Type", "Content-Disposition", "Content-Language"];
        foreach (var name in names)
            Check(Bytes($"{name}: {value}\n\nx"));
    }

    [Fact]
    public void NestedMarkupIsSearchedInLinearTime()
    {
        var blob = Bytes("Content-Type: text/html\n\n", Repeat("<div>", 200_000), "end");
        var summary = Check(blob);
        var watch = CpuWatch.StartNew();
        Assert.True(SearchText.Contains(default, blob, summary, new Needle("<DIV>end")));
        Assert.False(SearchText.Contains(default, blob, summary, new Needle("<div>start")));
        Assert.True(watch.Elapsed < s_patience);
    }

    [Fact]
    public void AHugeHeaderIsSearchedInLinearTime()
    {
        foreach (var unit in new[] { "=?utf-8?Q?a?= ", "=?utf-8?B?YQ==?=", "=?", "\u00ff", "(", "\n " })
        {
            var blob = Bytes("Subject: ", Repeat(unit, 5_000_000 / unit.Length), "\n\nx");
            var summary = SummaryBuilder.Build(blob);
            var watch = CpuWatch.StartNew();
            Assert.False(SearchText.HeaderContains(default, blob, summary, "subject", new Needle("zz")));
            Assert.True(watch.Elapsed < s_patience, $"'{unit}': {watch.Elapsed}");
        }
    }

    [Fact]
    public void ManyFieldNamesAgainstManyHeadersStayLinear()
    {
        var blob = Bytes(Repeat("A: b\n", 300_000), "\nx");
        var names = new SectionPath([], SectionKind.HeaderFieldsNot, [.. Enumerable.Range(0, 30_000).Select(i => $"x{i}")]);
        var watch = CpuWatch.StartNew();
        Assert.Equal(Mail.Section(blob, SectionPath.Header)!.Length + 1, Mail.Section(blob, names)!.Length);
        Assert.True(watch.Elapsed < s_patience);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\0")]
    [InlineData(":")]
    [InlineData(" x\n\n")]
    [InlineData("Subject: a\rb\0c\nX: \u00ff\n\nbody\rwith\0all\n\r\n.\r")]
    [InlineData("From x@y Thu Jan 1 00:00:00 2004\nSubject: mbox\n\nx")]
    [InlineData("Content-Type: message/rfc822")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b--")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n--b\nSubject: no empty line\n--b--")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n--b--")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/digest; boundary=c\n--b--")]
    public void EveryOctetComesBack(string text) => Check(Encoding.Latin1.GetBytes(text));

    [Fact]
    public void LongRubbishDecodesInLinearTime()
    {
        foreach (var encoding in new[] { "base64", "quoted-printable" })
        {
            foreach (var unit in new[] { "!!!!", "A!", "=", "AAAA", "=4", " " })
            {
                var blob = Bytes($"Content-Transfer-Encoding: {encoding}\n\n", Repeat(unit, 10_000_000 / unit.Length));
                var summary = SummaryBuilder.Build(blob);
                var watch = CpuWatch.StartNew();
                Sections.SectionReader.MeasureBinary(default, blob, summary, [1]);
                SearchText.Contains(default, blob, summary, new Needle("x"));
                Assert.True(watch.Elapsed < s_patience, $"{encoding} of '{unit}': {watch.Elapsed}");
            }
        }
    }

    private static MessageSummary Check(byte[] blob, long allocated = 8 * Megabyte)
    {
        SummaryBuilder.Build(blob);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = CpuWatch.StartNew();
        SummaryBuilder.Build(blob);
        var elapsed = watch.Elapsed;
        var octets = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(elapsed < s_patience, $"{elapsed} for {blob.Length} octets");
        Assert.True(octets < allocated, $"{octets} octets allocated for {blob.Length}");
        return SummaryChecks.BuildAndCheck(blob);
    }

    private static int Count(MessageSummary summary)
    {
        var count = 0;
        foreach (var part in summary.Parts)
            count += part.Ordinal > 0 ? 1 : 0;
        return count;
    }

    private static string Repeat(string unit, int count) => new StringBuilder(unit.Length * count).Insert(0, unit, count).ToString();

    private static byte[] Bytes(params string[] pieces) => Encoding.Latin1.GetBytes(string.Concat(pieces));
}
