using System.Globalization;
using System.Text;

namespace MailGrains.Bench.Generator;

/// <summary>
/// Composes one message of about a wished size: header as servers and lists leave it, and a MIME tree that suits the size.
/// </summary>
public sealed class MessageComposer(SeededRandom random, Cast cast)
{
    private const int MostText = 24_000;
    private static readonly string[] Agents = ["Birdsong 4.2", "Postbox Nine 16.0", "Lettermill/2.1 (Linux)", "Corvid Mail 102.3"];
    private readonly PartFactory _parts = new(random);

    /// <summary>The bytes of a message, CRLF line ends, CRLF at the end. Adds it to <paramref name="thread"/>.</summary>
    public byte[] Compose(Person from, MessageThread thread, DateTimeOffset date, int size)
    {
        var prose = new Prose(random, from.Language);
        // The first sixteen digits are a fixed place that a load generator may overwrite to make the bytes unique.
        var messageId = $"<{random.Hex(16)}.{random.Hex(8)}@{from.Domain}>";
        var stream = new MemoryStream(size + (size / 8) + 1024);
        Write(stream, Trace(from, date, size > 6000 ? 3 : 1) + Fields(from, thread, date, messageId));
        var room = Math.Max(200, size - (int)stream.Length);
        var text = BodyText(prose, thread, Math.Min(room, MostText));
        thread.Add(messageId, text);
        Tree(prose, text, room).WriteTo(stream);
        return stream.ToArray();
    }

    private static void Write(MemoryStream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static string BodyText(Prose prose, MessageThread thread, int room)
    {
        if (!thread.IsReply)
            return prose.Text(room / 2);
        var quoted = thread.LastText.Length > room / 3 ? thread.LastText[..(room / 3)] : thread.LastText;
        return prose.Text(room / 3) + "\r\n" + Prose.Quoted(quoted);
    }

    private MimePart Tree(Prose prose, string text, int room)
    {
        var rest = room - text.Length;
        return (room, random.Below(100)) switch
        {
            ( < 2500, _) or ( < 20_000, < 30) => Plain(prose, text, rest),
            ( < 20_000, < 36) => new MultiPart($"multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256", Boundary(),
                Plain(prose, text, rest - 3600), _parts.Signature()),
            ( < 20_000, < 80) => Alternative(prose, text, rest),
            ( < 20_000, < 84) => Forward(prose, text, rest),
            ( < 20_000, < 92) => Related(prose, text, rest / 2, rest / 2),
            (_, < 25) => Forward(prose, text, rest),
            (_, < 45) => Related(prose, text, Math.Min(rest / 2, MostText), rest - Math.Min(rest / 2, MostText)),
            _ => Attachments(prose, text, rest),
        };
    }

    private LeafPart Plain(Prose prose, string text, int rest) =>
        _parts.Text(rest > 300 ? text + "\r\n" + prose.Text(Math.Min(rest - 200, MostText)) : text, prose.Language);

    private MultiPart Alternative(Prose prose, string text, int rest) =>
        new("multipart/alternative", Boundary(), _parts.Text(text, prose.Language),
            _parts.Text(prose.Html(Math.Clamp(rest * 3 / 4, 600, MostText * 2), null), prose.Language, "html"));

    private MultiPart Related(Prose prose, string text, int html, int image)
    {
        var contentId = $"part1.{random.Hex(12)}@mail.example";
        return new MultiPart("multipart/related; type=\"multipart/alternative\"", Boundary(),
            new MultiPart("multipart/alternative", Boundary(), _parts.Text(text, prose.Language),
                _parts.Text(prose.Html(html, contentId), prose.Language, "html")),
            _parts.InlineImage(contentId, image));
    }

    private MultiPart Forward(Prose prose, string text, int rest)
    {
        var (from, date) = (cast.Anyone(random), new DateTimeOffset(2021, 1, 1, 8, 0, 0, TimeSpan.Zero).AddMinutes(random.Below(500_000)));
        var inner = Compose(from, new MessageThread(prose.Phrase(2, 6), null), date, Math.Max(1500, rest));
        return new MultiPart("multipart/mixed", Boundary(), _parts.Text(text, prose.Language), new NestedPart(inner));
    }

    private MultiPart Attachments(Prose prose, string text, int rest)
    {
        var count = random.Between(1, rest > 200_000 ? 4 : 2);
        MimePart body = random.Chance(0.6) ? Alternative(prose, text, Math.Min(rest / 4, MostText)) : _parts.Text(text, prose.Language);
        var parts = new List<MimePart> { body };
        for (var i = 0; i < count; i++)
            parts.Add(_parts.Attachment(prose.Phrase(1, 4).Replace(",", "", StringComparison.Ordinal), rest / count));
        return new MultiPart("multipart/mixed", Boundary(), parts);
    }

    private string Boundary() => $"----=_Part_{random.Hex(6)}_{random.Hex(10)}";

    private string Fields(Person from, MessageThread thread, DateTimeOffset date, string messageId)
    {
        var header = new HeaderBlock();
        header.Add("From", HeaderBlock.Mailbox(from)).Add("To", thread.List ?? HeaderBlock.Mailbox(cast.Owner));
        if (random.Chance(0.25))
            header.Add("Cc", string.Join(", ",
                Enumerable.Range(0, random.Between(1, 5))
                .Select(_ => HeaderBlock.Mailbox(cast.Anyone(random)))));
        AddSubject(header, thread);
        header.Add("Date", Rfc5322(date)).AddRaw("Message-ID", messageId);
        if (thread.IsReply)
            header.Add("In-Reply-To", thread.LastId).Add("References", string.Join(' ', thread.References));
        if (thread.List is { } list)
            AddListFields(header, list);
        header.Add("User-Agent", random.Pick(Agents)).Add("MIME-Version", "1.0");
        return header.ToString();
    }

    // One subject in fifty is raw UTF-8, as senders who know no RFC 2047 write it.
    private void AddSubject(HeaderBlock header, MessageThread thread)
    {
        var subject = thread.IsReply ? "Re: " + thread.Subject : thread.Subject;
        if (!Ascii.IsValid(subject) && random.Chance(0.15))
            header.AddRaw("Subject", subject);
        else
            header.AddText("Subject", subject);
    }

    private static void AddListFields(HeaderBlock header, string list)
    {
        var (name, domain) = (list[..list.IndexOf('@')], list[(list.IndexOf('@') + 1)..]);
        header.Add("List-Id", $"The {name} list <{name}.{domain}>")
            .Add("List-Post", $"<mailto:{list}>")
            .Add("List-Unsubscribe", $"<https://{domain}/options/{name}>, <mailto:{name}-request@{domain}?subject=unsubscribe>")
            .Add("Precedence", "list");
    }

    private string Trace(Person from, DateTimeOffset date, int hops)
    {
        var header = new HeaderBlock();
        header.Add("Return-Path", $"<{from.Address}>");
        for (var hop = 0; hop < hops; hop++)
            header.Add("Received",
                $"from mx{random.Below(9)}.{from.Domain} " +
                $"(mx{random.Below(9)}.{from.Domain} [192.0.2.{random.Below(255)}]) by " +
                $"in{random.Below(4)}.example.org (Postfix) with ESMTPS id {random.Hex(11).ToUpperInvariant()} " +
                    $"for <{cast.Owner.Address}>; " +
                Rfc5322(date.AddSeconds(-2 * hop)));
        if (hops > 1 && random.Chance(0.8))
        {
            var signature = new byte[192];
            random.Fill(signature);
            header.Add("DKIM-Signature", $"v=1; a=rsa-sha256; c=relaxed/relaxed; d={from.Domain}; s=s2023; t={date.ToUnixTimeSeconds()}; " +
                $"h=from:to:subject:date:message-id:mime-version; bh={random.Hex(43)}=; b=" +
                string.Join(' ', Convert.ToBase64String(signature).Chunk(68).Select(chunk => new string(chunk))));
            header.Add("Authentication-Results",
                $"in1.example.org; dkim=pass header.d={from.Domain} header.s=s2023; " +
                $"spf=pass smtp.mailfrom={from.Address}");
            header.Add("X-Spam-Status",
                "No, score=-2.1 required=5.0 tests=BAYES_00,DKIM_SIGNED, DKIM_VALID,RCVD_IN_DNSWL_NONE autolearn=ham");
        }
        return header.ToString();
    }

    private static string Rfc5322(DateTimeOffset date) =>
        date.ToString("ddd, dd MMM yyyy HH':'mm':'ss ", CultureInfo.InvariantCulture) +
            date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
