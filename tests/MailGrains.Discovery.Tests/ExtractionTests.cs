using System.Security.Cryptography;
using System.Text;
using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Tokens;
using MailGrains.Model;

namespace MailGrains.Discovery.Tests;

public sealed class ExtractionTests
{
    private const string Header = """
        From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.org>
        Sender: office@example.org
        Reply-To: "Smith, Bob" <bob@example.net>
        To: team: alice@example.org, "Bob \"B\" Example" <bob@example.org>;
        Cc: carol@example.org (Carol)
        Bcc: dave@example.org
        Subject: Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
          and more
        Date: Mon, 7 Feb 1994 21:52:25 -0800
        Message-ID: <m@example.org>
        In-Reply-To: <b@example.org>
        References: <a@example.org> <b@example.org>
        List-Id: Our list <list.example.org>

        """;

    [Fact]
    public void The_header_is_read_field_by_field()
    {
        var document = Mail.Document(Header + "\nhello");
        Assert.Equal("Re: Grüße and more", document.Subject);
        Assert.Equal([new DiscoveryAddress("Jürgen", "juergen@example.org")], document.From);
        Assert.Equal([new DiscoveryAddress("", "office@example.org")], document.Sender);
        Assert.Equal([new DiscoveryAddress("Smith, Bob", "bob@example.net")], document.ReplyTo);
        Assert.Equal(
            [new DiscoveryAddress("team", ""), new DiscoveryAddress("", "alice@example.org"), new DiscoveryAddress("Bob \"B\" Example", "bob@example.org")],
            document.To);
        Assert.Equal([new DiscoveryAddress("Carol", "carol@example.org")], document.Cc);
        Assert.Equal([new DiscoveryAddress("", "dave@example.org")], document.Bcc);
        Assert.Equal(new DateTimeOffset(1994, 2, 7, 21, 52, 25, TimeSpan.FromHours(-8)), document.Date);
        Assert.Equal("m@example.org", document.MessageId);
        Assert.Equal(["b@example.org", "a@example.org"], document.References);
        Assert.Equal("Our list <list.example.org>", document.ListId);
        Assert.Equal(BlobId.Of(Mail.Bytes(Header + "\nhello")), document.Sha256);
        Assert.Empty(document.Attachments);
        Assert.Empty(document.Partial);
        Assert.Equal("re grusse and more", document.Tokens.Subject);
        Assert.Equal("jurgen\njuergen example org", document.Tokens.Addresses[0]);
        Assert.Equal("hello", document.Tokens.Body);
    }

    [Theory]
    [InlineData("Date: 7 Feb 1994", "1994-02-07T00:00:00+00:00")]
    [InlineData("Date: Mon, 7 Feb 94 10:00 GMT", "1994-02-07T10:00:00+00:00")]
    public void A_date_without_all_of_its_time_is_a_date(string header, string date) =>
        Assert.Equal(DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture), Mail.Document(header + "\n\nx").Date);

    [Theory]
    [InlineData("1 Jan 0001 00:00:00 +1400")]
    [InlineData("31 Dec 9999 23:59:59 -1200")]
    [InlineData("7 Feb 1994 21:52:25 -9900")]
    [InlineData("7 Feb 1994 21:52:25 +9999")]
    [InlineData("99 Feb 1994 99:99:99")]
    public void A_date_that_can_not_be_is_read_or_not_but_harms_nothing(string date)
    {
        var document = Mail.Document($"Date: {date}\nSubject: x\n\n");
        Assert.Equal("x", document.Subject);
        Assert.Equal(document.Date, DiscoveryDocument.Decode(document.Encode()).Date);
    }

    [Fact]
    public void More_parts_than_a_summary_has_are_named()
    {
        var message = "Content-Type: multipart/mixed; boundary=a\n\n" + string.Concat(Enumerable.Repeat("--a\n\nx\n", 10_500)) + "--a--";
        Assert.Equal([("", PartialReason.PartLimit)], Mail.Partial(message));
    }

    [Fact]
    public void A_byte_order_mark_hides_no_field() => Assert.Equal("x", Mail.Document("\uFEFFSubject: x\n\n").Subject);

    [Fact]
    public void Two_subjects_are_both_there()
    {
        var document = Mail.Document("Subject: one two\nSubject: three\n\n");
        Assert.Equal("one two\nthree", document.Subject);
        Assert.Equal("one two\nthree", document.Tokens.Subject);
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "quoted-printable", "Gr=FC=DFe", "grusse")]
    [InlineData("text/plain", "quoted-printable", "Gr=FC=DFe", "grusse")]
    [InlineData("text/plain; charset=utf-8", "base64", "R3LDvMOfZQ==", "grusse")]
    [InlineData("text/plain; charset=koi8-r", "base64", "8NLJ18XU", "привет")]
    [InlineData("text/plain; charset=iso-2022-jp", "base64", "GyRCRWw1fhsoQg==", "東 京")]
    [InlineData("text/html; charset=utf-8", "7bit", "<p>one</p><P>t<b>w</b>o&nbsp;&uuml;<style>p{x:y}</style><script>no()</script><br>three", "one two u three")]
    [InlineData("text/html", "7bit", "<a href=\"http://x.example/path\">here</a> now<img alt='a cat'>", "here now\nhttp x example path a cat")]
    [InlineData("text/html", "7bit", "<div style=\"display:none\">hidden</div>seen<!-- not -->", "hidden seen")]
    [InlineData("text/html", "7bit", "broken <b <i>text</i", "broken text i")]
    [InlineData("text/calendar", "7bit", "SUMMARY:Quar\n terly meeting", "summary quarterly meeting")]
    [InlineData("message/delivery-status", "7bit", "Status: 5.1.1", "status 5 1 1")]
    [InlineData("application/json", "7bit", "{\"a\":\"b\"}", "a b")]
    public void A_body_is_read_as_its_type_says(string type, string encoding, string body, string tokens)
    {
        var document = Mail.Document($"Content-Type: {type}\nContent-Transfer-Encoding: {encoding}\n\n{body}");
        Assert.Equal(tokens, document.Tokens.Body);
        Assert.Empty(document.Partial);
    }

    [Fact]
    public void Parts_attachments_and_messages_inside_are_read()
    {
        var document = Mail.Document("""
            Subject: outer
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain

            plain words
            --b
            Content-Type: text/html

            <p>html words</p>
            --b--
            --a
            Content-Type: text/csv; name*=utf-8''Z%C3%A4hler.csv
            Content-Disposition: attachment

            one;two
            --a
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="=?utf-8?Q?Q1_r=C3=A9port.pdf?="
            Content-Transfer-Encoding: base64

            AAECAw==
            --a
            Content-Type: message/rfc822

            Subject: inner subject
            From: Eve <eve@example.com>
            Content-Type: text/plain; name=notes.txt

            inner words
            --a--
            """);
        Assert.Equal("plain words\nhtml words\none two\ninner subject\neve eve example com\ninner words", document.Tokens.Body);
        Assert.Equal("outer", document.Subject);
        Assert.Equal(
            [("2", "Zähler.csv", "text/csv", 7L), ("3", "Q1 réport.pdf", "application/pdf", 4L), ("4", "", "message/rfc822", 108L), ("4.1", "notes.txt", "text/plain", 11L)],
            document.Attachments.Select(a => (a.Path, a.FileName, a.MediaType, a.Size)));
        Assert.Equal(SHA256.HashData([0, 1, 2, 3]), document.Attachments[1].Sha256.ToArray());
        Assert.Equal("zahler csv\nq1 report pdf\nnotes txt", document.Tokens.AttachmentNames);
        Assert.Equal([new PartialPart("3", PartialReason.UnsupportedType, "application/pdf")], document.Partial);
        Assert.Contains(" zahler csv q1 report pdf notes txt ", document.TokenText, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', document.TokenText);
    }

    [Fact]
    public void A_message_that_is_encoded_as_a_whole_is_read_too()
    {
        var inner = Convert.ToBase64String(Mail.Bytes("Subject: secret plan\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nwords\n--i\nContent-Type: image/png\n\nx\n--i--"));
        var document = Mail.Document($"Content-Type: multipart/mixed; boundary=a\n\n--a\n\nhello\n--a\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}\n--a--");
        Assert.Equal("hello\nsecret plan\nwords", document.Tokens.Body);
        Assert.Equal([new PartialPart("2/2", PartialReason.Media, "image/png")], document.Partial);
        Assert.Equal(["2", "2/2"], document.Attachments.Select(a => a.Path));
    }

    [Fact]
    public void A_picture_of_the_text_and_a_signature_are_inline()
    {
        var document = Mail.Document("""
            Content-Type: multipart/signed; boundary=s

            --s
            Content-Type: multipart/related; boundary=r

            --r
            Content-Type: text/html

            <img src="cid:x">
            --r
            Content-Type: image/png; name=logo.png
            Content-ID: <x>

            x
            --r--
            --s
            Content-Type: application/pkcs7-signature; name=smime.p7s

            x
            --s--
            """);
        Assert.Equal([("logo.png", true), ("smime.p7s", true)], document.Attachments.Select(a => (a.FileName, a.IsInline)));
    }

    [Theory]
    [InlineData("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx", "1", PartialReason.EncryptedSmime)]
    [InlineData("Content-Type: application/x-pkcs7-mime\n\nx", "1", PartialReason.EncryptedSmime)]
    [InlineData("Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nx", "1", PartialReason.UnsupportedType)]
    [InlineData("Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\nx", "1", PartialReason.EncryptedPgp)]
    [InlineData("Content-Type: application/pdf\n\nx", "1", PartialReason.UnsupportedType)]
    [InlineData("Content-Type: audio/ogg\n\nx", "1", PartialReason.Media)]
    [InlineData("Content-Type: text/plain; charset=x-nobody\n\nx", "1", PartialReason.UnknownCharset)]
    [InlineData("Content-Type: multipart/mixed\n\nx", "1", PartialReason.Malformed)]
    [InlineData("Content-Transfer-Encoding: x-zip\n\nx", "1", PartialReason.Malformed)]
    [InlineData("Content-Transfer-Encoding: base64\n\n!!!", "1", PartialReason.Malformed)]
    public void What_is_not_read_is_named(string message, string path, PartialReason reason) => Assert.Equal([(path, reason)], Mail.Partial(message));

    [Fact]
    public void An_encrypted_message_is_named_once()
    {
        const string message = """
            Content-Type: multipart/encrypted; boundary=e

            --e
            Content-Type: application/pgp-encrypted

            Version: 1
            --e
            Content-Type: application/octet-stream; name=encrypted.asc

            -----BEGIN PGP MESSAGE-----
            --e--
            """;
        Assert.Equal([("", PartialReason.EncryptedPgp)], Mail.Partial(message));
        Assert.Equal("", Mail.Document(message).Tokens.Body);
    }

    [Fact]
    public void Limits_cut_and_say_so()
    {
        const string parts = "Content-Type: multipart/mixed; boundary=a\n\n--a\n\none two\n--a\n\nthree four\n--a--";
        Assert.Equal([("2", PartialReason.PartLimit)], Mail.Partial(parts, new ExtractionLimits { Parts = 2 }));
        Assert.Equal([("1", PartialReason.DepthLimit), ("2", PartialReason.DepthLimit)], Mail.Partial(parts, new ExtractionLimits { Depth = 0 }));
        Assert.Equal([("2", PartialReason.SizeLimit)], Mail.Partial(parts, new ExtractionLimits { TextOctets = 12 }));
        Assert.Equal("one two\nthree", Mail.Document(parts, new ExtractionLimits { TextOctets = 12 }).Tokens.Body);
        Assert.Equal([("2", PartialReason.SizeLimit)], Mail.Partial(parts, new ExtractionLimits { DecodedOctets = 12 }));
        Assert.Equal([("", PartialReason.SizeLimit)], Mail.Partial("Subject: one two\n\n", new ExtractionLimits { FieldOctets = 4 }));
        Assert.Equal([("", PartialReason.SizeLimit)], Mail.Partial("To: a@b, c@d\nTo: e@f\n\n", new ExtractionLimits { Addresses = 2 }));
    }

    [Fact]
    public void A_message_nested_deeper_than_any_limit_is_read_to_there()
    {
        var nested = new StringBuilder();
        for (var i = 0; i < 200; i++) nested.Append("Content-Type: message/rfc822\r\n\r\n");
        Assert.Contains(Mail.Partial(nested + "deep"), p => p.Reason == PartialReason.DepthLimit);
    }

    [Fact]
    public void A_message_encoded_in_itself_over_and_over_ends()
    {
        var message = Mail.Bytes("Subject: innermost\n\nwords");
        for (var i = 0; i < 25; i++)
            message = Mail.Bytes($"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(message)}");
        var document = DiscoveryDocument.Extract(message, new ExtractionLimits { Depth = 10 });
        Assert.Equal(PartialReason.DepthLimit, Assert.Single(document.Partial).Reason);
        Assert.Contains("innermost", DiscoveryDocument.Extract(message).Tokens.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_of_another_tokenizer_can_be_told() =>
        Assert.Equal(Tokenizer.Version, DiscoveryDocument.Decode(Mail.Document("Subject: x\n\n").Encode()).TokenizerVersion);
}
