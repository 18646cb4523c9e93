using System.Security.Cryptography;
using MailGrains.Model.Summary;
using MailGrains.TestKit;

namespace MailGrains.Mime.Tests;

/// <summary>
/// The stored form of version 1 does not change: summaries written by a release are read by all later ones. A test that
/// fails leaves what it got beside the expected file, in the output folder; a wanted change needs a new version.
/// </summary>
public sealed class GoldenTests
{
    private const string SummaryFile = "summary-v1.bin";
    private const string CorpusFile = "corpus-v1.golden";

    private static readonly byte[] s_message = Mail.Bytes("""
        From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.org>
        To: team: alice@example.org, "Bob \"B\" Example" <bob@example.org>;
        Cc: Gr
        Subject: Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
          and more
        Date: Mon, 7 Feb 1994 21:52:25 -0800
        Message-ID: <m@example.org>
        References: <a@example.org> <b@example.org>
        List-Id: <list.example.org>
        X-Not-Kept: x
        Content-Type: multipart/mixed; boundary="b"

        --b
        Content-Type: text/plain; charset=koi8-u
        Content-Transfer-Encoding: quoted-printable

        one
        two
        --b
        Content-Type: message/rfc822

        Subject: inner

        inner body
        --b
        Content-Type: application/x-own; name=f.bin
        Content-Disposition: attachment; filename=f.bin
        Content-Transfer-Encoding: base64

        AAECAw==
        --b--
        """);

    [Fact]
    public void TheSummaryOfAMessageIsTheGoldenOne() => AssertGolden(SummaryFile, SummaryBuilder.BuildEncoded(s_message));

    [Fact]
    public void TheGoldenSummaryIsRead()
    {
        var summary = MessageSummary.Read(File.ReadAllBytes(Golden(SummaryFile)));
        Assert.Equal(s_message.Length, summary.BlobLength);
        Assert.Equal(new DateOnly(1994, 2, 7), summary.SentDate);
        Assert.Equal(2, summary.ReferenceCount);
        Assert.Equal("re: gru\u0308ße and more", System.Text.Encoding.UTF8.GetString(summary.SearchText(SearchField.Subject).Folded.Span));
        Assert.True(summary.SearchText(SearchField.Bcc) is { IsStored: true, IsPresent: false });
        Assert.True(summary.Parts.TryFind([1], out var part));
        Assert.Equal("koi8-u", Mail.String(part.Charset));
        Assert.Equal((TransferEncoding.QuotedPrintable, PartKind.Text, 1u), (part.Encoding, part.Kind, part.Lines));
    }

    [Fact]
    public void TheSummariesOfTheCorpusAreTheGoldenOnes()
    {
        var lines = Corpus.All().Select(name =>
            $"{Convert.ToHexStringLower(SHA256.HashData(SummaryBuilder.BuildEncoded(Corpus.Read(name))))} {name}\n");
        AssertGolden(CorpusFile, System.Text.Encoding.ASCII.GetBytes(string.Concat(lines)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(57)]
    [InlineData(200)]
    public void CutSummariesAreRefused(int length) => Assert.Throws<InvalidDataException>(
        () => MessageSummary.Read(SummaryBuilder.BuildEncoded(s_message).AsMemory(0, length)));

    [Fact]
    public void AnotherVersionIsRefused()
    {
        var encoded = SummaryBuilder.BuildEncoded(s_message);
        encoded[0]++;
        Assert.Throws<InvalidDataException>(() => MessageSummary.Read(encoded));
    }

    private static string Golden(string file) => Path.Combine(AppContext.BaseDirectory, "Golden", file);

    private static void AssertGolden(string file, byte[] actual)
    {
        var expected = File.Exists(Golden(file)) ? File.ReadAllBytes(Golden(file)) : [];
        if (!actual.AsSpan().SequenceEqual(expected))
            File.WriteAllBytes(Golden(file) + ".actual", actual);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(actual));
    }
}
