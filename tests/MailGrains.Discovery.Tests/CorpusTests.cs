using CsCheck;
using MailGrains.Discovery.Documents;
using MailGrains.TestKit;
using MimeKit;

namespace MailGrains.Discovery.Tests;

/// <summary>Real messages, whole, cut and changed: a document is always made, and its stored form tells all of it.</summary>
public sealed class CorpusTests
{
    private static readonly byte[][] s_small = [.. Corpus.All().Select(Corpus.Read).Where(m => m.Length < 12_000)];

    /// <summary>What steers a parser, more often than chance would give it.</summary>
    private static readonly byte[][] s_steering =
    [
        .. new[]
        {
            "\r\n", "\n", "\r\n\r\n", "\r", "\0", "--", "\n--", "\"", "(", ")", "<", ">", "@", ":", ";", ",", "\\", "=", "=?", "?=", "=?utf-16?B?2D3Y?=",
            "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: message/rfc822\r\n\r\n", "--b\r\n", "--b--\r\n", "Content-Type: text/html\r\n",
            "Content-Transfer-Encoding: base64\r\n", "charset=utf-16", "charset=iso-2022-jp", "charset=hz-gb-2312", "charset=utf-7", "; name*0*=utf-8''%ff",
            "To: ", "From: ", "References: <", " \t", "<style>", "<script>", "<!--", "&#x110000;", "&#xd800;", "&", "\u00ff", "\u0e01\u0e34", "\u1109\u1165",
        }.Select(Mail.Bytes),
    ];

    private static readonly Gen<(int Message, (int Kind, double Place, double Other, int Token)[] Edits)> s_mutations = Gen.Select(
        Gen.Int[0, s_small.Length - 1],
        Gen.Select(Gen.Int[0, 4], Gen.Double.Unit, Gen.Double.Unit, Gen.Int[0, s_steering.Length - 1]).Array[1, 12]);

    public static TheoryData<string> Names => Corpus.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_and_its_beginnings_have_documents(string name)
    {
        var message = Corpus.Read(name);
        Check(message);
        var step = 1 + message.Length / (message.Length > 12_000 ? 10 : 60);
        for (var length = 0; length < message.Length; length += step)
            Check(message[..length]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_header_says_is_what_MimeKit_reads(string name)
    {
        // These are broken in ways that each reader mends differently.
        if (name.StartsWith("malformed", StringComparison.Ordinal)) return;
        var blob = Corpus.Read(name);
        var document = DiscoveryDocument.Extract(blob);
        var message = MimeMessage.Load(new MemoryStream(blob), TestContext.Current.CancellationToken);
        Assert.Equal((message.Subject ?? "").Trim(), document.Subject.Split('\n')[^1].Trim());
        Assert.Equal(message.MessageId, document.MessageId);
        Assert.Equal(message.From.Mailboxes.Select(m => m.Address), document.From.Where(a => a.Address.Length > 0).Select(a => a.Address));
        Assert.Equal(message.To.Mailboxes.Select(m => m.Address), document.To.Where(a => a.Address.Length > 0).Select(a => a.Address));
    }

    [Fact]
    public void Changed_messages_have_documents_too() => s_mutations.Sample(
        mutation => Check(Mutation.Apply(s_small[mutation.Message], s_steering, mutation.Edits)), iter: 3000, threads: 1);

    [Fact]
    public void Damaged_documents_are_refused_or_read_but_never_worse()
    {
        var encoded = DiscoveryDocument.Extract(Corpus.Read(Corpus.All()[0])).Encode();
        for (var length = 0; length < encoded.Length; length++)
            Assert.Throws<InvalidDataException>(() => DiscoveryDocument.Decode(encoded.AsSpan(0, length)));
        Gen.Select(Gen.Int[0, encoded.Length - 1], Gen.Byte).Sample(
            change =>
            {
                var damaged = encoded.ToArray();
                damaged[change.Item1] = change.Item2;
                try
                {
                    DiscoveryDocument.Decode(damaged);
                }
                catch (InvalidDataException)
                {
                    // That is the promise.
                }
            },
            iter: 3000);
    }

    private static void Check(byte[] message)
    {
        var document = DiscoveryDocument.Extract(message);
        var encoded = document.Encode();
        var decoded = DiscoveryDocument.Decode(encoded);
        Assert.Equal(encoded, decoded.Encode());
        Assert.Equal(document.TokenText, decoded.TokenText);
        Assert.Equal(document.Date, decoded.Date);
        Assert.All(document.TokenText.Split(' '), t => Assert.InRange(t.Length, document.TokenText.Length == 0 ? 0 : 1, 64));
    }
}
