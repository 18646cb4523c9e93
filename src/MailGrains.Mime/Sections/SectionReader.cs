using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Sections;

/// <summary>
/// Answers <c>BODY[section]</c> and <c>BINARY[section]</c> (RFC 9051 sections 6.4.5.1 and 6.4.5) by slicing: no message
/// is parsed again. A message is its <c>prefix</c> (whole trace header lines of its own delivery; empty for APPEND) and
/// its <c>blob</c>, the octets the summary was made of; the message's header is the prefix and the blob's header.
/// </summary>
public static class SectionReader
{
    /// <summary>False when prefix and summary alone answer the section, so that the blob may be given as empty.</summary>
    public static bool NeedsBlob(in MessageSummary summary, SectionPath section) => !summary.Covers(section);

    /// <summary>
    /// The section's octets; absent when the message has no such part, or when HEADER or TEXT is asked of a part that is
    /// no message.
    /// </summary>
    /// <exception cref="ArgumentException">The blob is not the one that the summary describes.</exception>
    public static SectionData Read(ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> blob, in MessageSummary summary, SectionPath section)
    {
        if (summary.Covers(section))
            return new SectionData(HeaderFilter.FromSummary(prefix.Span, summary, section));
        Check(blob, summary);
        return section.Parts.IsEmpty
            ? ReadMessage(prefix, blob, summary, section)
            : ReadPart(prefix, blob, summary, section);
    }

    /// <summary>
    /// The part with its transfer encoding removed; without numbers the whole message as it is, and so a multipart.
    /// </summary>
    /// <exception cref="ArgumentException">The blob is not the one that the summary describes.</exception>
    public static BinaryData ReadBinary(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> blob, in MessageSummary summary, ReadOnlySpan<uint> parts)
    {
        Check(blob, summary);
        if (parts.IsEmpty)
            return new BinaryData(BinaryStatus.Decoded, new SectionData(false, prefix, blob));
        if (!summary.Parts.TryFind(parts, out var part))
            return new BinaryData(BinaryStatus.Absent, SectionData.Absent);
        var body = blob.Slice(part.BodyStart, part.BodyLength);
        return part.Encoding switch
        {
            _ when part.Kind == PartKind.Multipart => new BinaryData(BinaryStatus.Decoded, new SectionData(body)),
            TransferEncoding.Unknown => new BinaryData(BinaryStatus.UnknownEncoding, SectionData.Absent),
            TransferEncoding.Base64 or TransferEncoding.QuotedPrintable =>
                new BinaryData(BinaryStatus.Decoded, new SectionData(TransferDecoder.DecodeAll(body.Span, part.Encoding))),
            _ => new BinaryData(BinaryStatus.Decoded, new SectionData(body)),
        };
    }

    /// <summary>The octets that <see cref="ReadBinary"/> would answer, without holding them.</summary>
    /// <exception cref="ArgumentException">The blob is not the one that the summary describes.</exception>
    public static BinarySize MeasureBinary(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> blob, in MessageSummary summary, ReadOnlySpan<uint> parts)
    {
        Check(blob, summary);
        if (!parts.IsEmpty && summary.Parts.TryFind(parts, out var part) && part.Kind != PartKind.Multipart
            && part.Encoding is TransferEncoding.Base64 or TransferEncoding.QuotedPrintable)
        {
            var body = blob.Span.Slice(part.BodyStart, part.BodyLength);
            return new BinarySize(BinaryStatus.Decoded, TransferDecoder.Measure(body, part.Encoding));
        }

        var whole = ReadBinary(prefix, blob, summary, parts);
        return new BinarySize(whole.Status, whole.Data.Length);
    }

    private static SectionData ReadMessage(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> blob, in MessageSummary summary, SectionPath section)
    {
        var header = blob[..summary.HeaderLength];
        return section.Kind switch
        {
            SectionKind.All => new SectionData(false, prefix, blob),
            SectionKind.Header => new SectionData(false, prefix, header),
            SectionKind.HeaderFields or SectionKind.HeaderFieldsNot =>
                new SectionData(HeaderFilter.FromHeader(prefix.Span, header.Span, section)),
            SectionKind.Text => new SectionData(blob[summary.HeaderLength..]),
            _ => SectionData.Absent,
        };
    }

    private static SectionData ReadPart(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> blob, in MessageSummary summary, SectionPath section)
    {
        var numbers = section.Parts.AsSpan();
        if (section.Kind is SectionKind.All or SectionKind.Mime)
        {
            if (!summary.Parts.TryFind(numbers, out var part))
                return SectionData.Absent;
            return section.Kind == SectionKind.All
                ? new SectionData(blob.Slice(part.BodyStart, part.BodyLength))
                : new SectionData(false, part.Depth == 0 ? prefix : default, blob.Slice(part.HeaderStart, part.HeaderLength));
        }

        if (!summary.Parts.TryFindInner(numbers, out var inner))
            return SectionData.Absent;
        var header = blob.Slice(inner.HeaderStart, inner.HeaderLength);
        return section.Kind switch
        {
            SectionKind.Header => new SectionData(header),
            SectionKind.Text => new SectionData(blob.Slice(inner.BodyStart, inner.BodyLength)),
            _ => new SectionData(HeaderFilter.FromHeader(default, header.Span, section)),
        };
    }

    private static void Check(ReadOnlyMemory<byte> blob, in MessageSummary summary)
    {
        if (blob.Length != summary.BlobLength)
            throw new ArgumentException($"The summary is of {summary.BlobLength} octets, the blob has {blob.Length}.", nameof(blob));
    }
}
