using System.Security.Cryptography;
using System.Text;
using MailGrains.Discovery.Documents;
using MailGrains.TestKit;

namespace MailGrains.Discovery.Tests;

/// <summary>
/// The stored form of version 1 and its tokens do not change: documents written by a release are read by all later ones. A test that
/// fails leaves what it got beside the expected file, in the output folder; a wanted change needs a new version.
/// </summary>
public sealed class GoldenTests
{
    private const string DocumentFile = "document-v1.bin";
    private const string CorpusFile = "corpus-v1.golden";

    private static readonly byte[] s_message = Mail.Bytes("""
        From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.org>
        To: team: alice@example.org, "Bob" <bob@example.org>;
        Subject: Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
        Date: Mon, 7 Feb 1994 21:52:25 -0800
        Message-ID: <m@example.org>
        References: <a@example.org> <b@example.org>
        List-Id: <list.example.org>
        Content-Type: multipart/mixed; boundary="b"

        --b
        Content-Type: text/plain; charset=koi8-r
        Content-Transfer-Encoding: base64

        8NLJ18XU
        --b
        Content-Type: application/pdf; name=f.pdf
        Content-Disposition: attachment
        Content-Transfer-Encoding: base64

        AAECAw==
        --b--
        """);

    [Fact]
    public void The_document_of_a_message_is_the_golden_one() => AssertGolden(DocumentFile, DiscoveryDocument.Extract(s_message).Encode());

    [Fact]
    public void The_golden_document_is_read()
    {
        var document = DiscoveryDocument.Decode(File.ReadAllBytes(Golden(DocumentFile)));
        Assert.Equal("Re: Grüße", document.Subject);
        Assert.Equal(new DateTimeOffset(1994, 2, 7, 21, 52, 25, TimeSpan.FromHours(-8)), document.Date);
        Assert.Equal(["a@example.org", "b@example.org"], document.References);
        Assert.Equal(new DiscoveryAddress("Bob", "bob@example.org"), document.To[^1]);
        Assert.Equal("f.pdf", Assert.Single(document.Attachments).FileName);
        Assert.Equal([new PartialPart("2", PartialReason.UnsupportedType, "application/pdf")], document.Partial);
        Assert.Equal("привет", document.Tokens.Body);
    }

    [Fact]
    public void The_documents_of_the_corpus_are_the_golden_ones()
    {
        var lines = Corpus.All().Select(name =>
            $"{Convert.ToHexStringLower(SHA256.HashData(DiscoveryDocument.Extract(Corpus.Read(name)).Encode()))} {name}\n");
        AssertGolden(CorpusFile, Encoding.ASCII.GetBytes(string.Concat(lines)));
    }

    [Fact]
    public void Another_version_is_refused()
    {
        var encoded = DiscoveryDocument.Extract(s_message).Encode();
        encoded[0]++;
        Assert.Throws<InvalidDataException>(() => DiscoveryDocument.Decode(encoded));
    }

    private static string Golden(string file) => Path.Combine(AppContext.BaseDirectory, "Golden", file);

    private static void AssertGolden(string file, byte[] actual)
    {
        var expected = File.Exists(Golden(file)) ? File.ReadAllBytes(Golden(file)) : [];
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Golden(file))!);
            File.WriteAllBytes(Golden(file) + ".actual", actual);
        }

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(actual));
    }
}
