using System.Text;
using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Tokens;
using MailGrains.Mime;
using MailGrains.Mime.Search;
using MailGrains.Model;
using MailGrains.Model.Summary;

namespace MailGrains.Discovery.Extraction;

/// <summary>
/// Makes the document of one message: (1) find its parts; (2) read the header; (3) walk the parts: containers are noted, leaves are
/// read as their media type says; (4) a message that is encoded as a whole waits in a queue and is walked after the others. Nothing
/// here recurses: depth is a number.
/// </summary>
internal sealed class DocumentExtractor(ExtractionLimits limits)
{
    private readonly Queue<Unit> _waiting = new();
    private readonly List<DiscoveryAttachment> _attachments = [];
    private readonly List<PartialPart> _partial = [];
    private readonly TokenWriter _body = new();
    private readonly TokenWriter _names = new();
    private readonly StringBuilder _links = new();
    private long _textLeft = limits.TextOctets;
    private long _decodedLeft = limits.DecodedOctets;
    private int _parts;

    /// <summary>Some programs write it before a message, and it hides the first field.</summary>
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public DiscoveryDocument Extract(ReadOnlyMemory<byte> message)
    {
        // 1, 2
        var octets = message.Span.StartsWith(ByteOrderMark) ? message[ByteOrderMark.Length..] : message;
        var summary = SummaryBuilder.Build(octets);
        var header = new HeaderExtractor(limits, (reason, field) => Report("", reason, field));
        header.Read(octets.Span[..summary.HeaderLength]);

        // 3, 4
        Walk(new Unit(octets, "", 0), summary, header);
        while (_waiting.TryDequeue(out var unit) && _parts <= limits.Parts)
            Walk(unit, SummaryBuilder.Build(unit.Octets), header);

        var sha256 = BlobId.Of(message.Span);
        return new DiscoveryDocument
        {
            Sha256 = sha256,
            Subject = header.Subject ?? "",
            Addresses = header.Addresses,
            Date = header.Date ?? (summary.SentDate is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null),
            MessageId = header.MessageId,
            References = header.References,
            ListId = header.ListId,
            Attachments = [.. _attachments],
            Partial = [.. _partial],
            Tokens = new DocumentTokens
            {
                Subject = header.SubjectTokens,
                Addresses = header.AddressTokens,
                AttachmentNames = _names.ToString(),
                ListId = header.ListTokens,
                Identifiers = Identifiers(sha256, header),
                Body = _body.ToString(),
            },
        };
    }

    private void Walk(Unit unit, MessageSummary summary, HeaderExtractor header)
    {
        var place = new PartPlace(unit.Path);
        var skipBelow = int.MaxValue;
        var found = 0;
        foreach (var part in summary.Parts)
        {
            found++;
            place.MoveTo(part);
            if (part.Depth > skipBelow) continue;
            skipBelow = int.MaxValue;
            if (++_parts > limits.Parts)
            {
                Report(place.Path, PartialReason.PartLimit, "");
                return;
            }

            if (unit.Depth + part.Depth > limits.Depth)
            {
                Report(place.Path, PartialReason.DepthLimit, place.MediaType);
                skipBelow = part.Depth;
                continue;
            }

            var partHeader = unit.Octets.Span.Slice(part.HeaderStart, part.HeaderLength);
            if (place.Container == PartKind.Message || (part.Depth == 0 && unit.Depth > 0)) header.ReadInner(partHeader, _body);
            if (part.Kind == PartKind.Multipart)
            {
                if (place.MediaType == "multipart/encrypted" && !place.IsEncrypted) Report(place.Path, PartialReason.EncryptedPgp, place.MediaType);
                continue;
            }

            var data = unit.Octets.Slice(part.BodyStart, part.BodyLength);
            if (!ReadLeaf(new Leaf(place, PartHeader.Read(partHeader, limits.FileName), data, part.Kind, part.Encoding), part.Charset, unit.Depth + part.Depth))
                skipBelow = part.Depth;
        }

        // The table has limits of its own, and what is beyond is in no part of it.
        if ((summary.Flags & SummaryFlags.StructureTruncated) != 0)
            Report(unit.Path, found >= SummaryLimits.Parts ? PartialReason.PartLimit : PartialReason.DepthLimit, "structure");
    }

    /// <returns>False when what the table has below is not to be looked at.</returns>
    private bool ReadLeaf(Leaf leaf, ReadOnlySpan<byte> charset, int depth)
    {
        if ((_decodedLeft -= leaf.Octets.Length) < 0)
        {
            Report(leaf, PartialReason.SizeLimit, leaf.Place.MediaType);
            return leaf.Kind == PartKind.Message;
        }

        if (leaf.Kind == PartKind.Message) return ReadMessage(leaf, depth);
        var treatment = PartTreatments.Of(leaf.Place.MediaType);
        var isText = treatment is PartTreatment.Text or PartTreatment.Html or PartTreatment.FoldedText;
        var isFile = !isText || leaf.Header.IsAttachment || leaf.Header.FileName.Length > 0;
        var keep = isText && !leaf.Place.IsEncrypted ? (int)Math.Min(_textLeft, int.MaxValue) : 0;
        var data = PartData.Read(leaf.Octets, leaf.Encoding, keep, isFile);
        if (isFile) AddAttachment(leaf, data, isInline: treatment == PartTreatment.Nothing || (leaf.Place.IsRelated && !leaf.Header.IsAttachment));
        if (leaf.Place.IsEncrypted) return true;
        ReportUnread(leaf, treatment, data);
        if (isText) AddText(leaf, treatment, data, charset);
        return true;
    }

    private bool ReadMessage(Leaf leaf, int depth)
    {
        var isEncoded = leaf.Encoding is TransferEncoding.Base64 or TransferEncoding.QuotedPrintable;
        var data = PartData.Read(leaf.Octets, leaf.Encoding, isEncoded ? int.MaxValue : 0, withHash: true);
        AddAttachment(leaf, data, isInline: false);
        if (isEncoded) _waiting.Enqueue(new Unit(data.Kept, $"{leaf.Place.Path}/", depth + 1));
        return !isEncoded;
    }

    private void AddAttachment(Leaf leaf, PartData data, bool isInline)
    {
        _attachments.Add(new DiscoveryAttachment(
            leaf.Place.Path, leaf.Header.FileName, leaf.Place.MediaType, data.Size, data.Sha256, isInline));
        _names.AddSegment(leaf.Header.FileName);
    }

    private void ReportUnread(Leaf leaf, PartTreatment treatment, PartData data)
    {
        var type = leaf.Place.MediaType;
        if (treatment == PartTreatment.Smime)
            Report(leaf, leaf.Header.IsReadableSmime ? PartialReason.UnsupportedType : PartialReason.EncryptedSmime, type);
        else if (treatment == PartTreatment.Unsupported)
            Report(leaf, PartialReason.UnsupportedType, type);
        else if (treatment == PartTreatment.Media)
            Report(leaf, PartialReason.Media, type);

        if (leaf.Encoding == TransferEncoding.Unknown)
            Report(leaf, PartialReason.Malformed, "transfer encoding");
        else if (leaf.Header.IsMultipart && leaf.Kind == PartKind.Text)
            Report(leaf, PartialReason.Malformed, "multipart without boundary");
        else if (leaf.Encoding == TransferEncoding.Base64 && data.Size == 0 && !leaf.Octets.Span.Trim(" \t\r\n"u8).IsEmpty)
            Report(leaf, PartialReason.Malformed, "base64");
    }

    private void AddText(Leaf leaf, PartTreatment treatment, PartData data, ReadOnlySpan<byte> charset)
    {
        if (data.Size > data.Kept.Length) Report(leaf, PartialReason.SizeLimit, leaf.Place.MediaType);
        _textLeft -= data.Kept.Length;
        var text = CharsetText.Decode(data.Kept.Span, charset, out var isKnown);
        if (!isKnown) Report(leaf, PartialReason.UnknownCharset, Encoding.Latin1.GetString(charset));
        if (text.Contains("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal)) Report(leaf, PartialReason.EncryptedPgp, leaf.Place.MediaType);
        switch (treatment)
        {
            case PartTreatment.Html:
                _links.Clear();
                _body.AddSegment(HtmlText.Read(text, _links));
                _body.AddSegment(_links.ToString());
                break;
            case PartTreatment.FoldedText:
                _body.AddSegment(text.Replace("\r\n ", "", StringComparison.Ordinal).Replace("\r\n\t", "", StringComparison.Ordinal)
                    .Replace("\n ", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase));
                break;
            default:
                _body.AddSegment(text);
                break;
        }
    }

    private string Identifiers(BlobId sha256, HeaderExtractor header)
    {
        var tokens = new TokenWriter();
        tokens.AddSegment(header.MessageId);
        foreach (var reference in header.References)
            tokens.AddSegment(reference);
        tokens.AddSegment(sha256.ToString());
        foreach (var attachment in _attachments)
        {
            tokens.AddSegment(attachment.MediaType);
            tokens.AddSegment(attachment.Sha256.ToString());
        }

        return tokens.ToString();
    }

    private void Report(Leaf leaf, PartialReason reason, string detail) => Report(leaf.Place.Path, reason, detail);

    private void Report(string path, PartialReason reason, string detail) => _partial.Add(new PartialPart(path, reason, detail));

    /// <summary>A message to walk: the one asked of, or one that was encoded in a part.</summary>
    private readonly record struct Unit(ReadOnlyMemory<byte> Octets, string Path, int Depth);

    private readonly record struct Leaf(PartPlace Place, PartHeader Header, ReadOnlyMemory<byte> Octets, PartKind Kind, TransferEncoding Encoding);
}
