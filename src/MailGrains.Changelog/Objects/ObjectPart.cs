using System.Text;
using MailGrains.Changelog.Reading;
using MailGrains.Mime;
using MailGrains.Mime.Sections;
using MailGrains.Model.Summary;

namespace MailGrains.Changelog.Objects;

/// <summary>The part of a message that is an object.</summary>
/// <param name="Charset">Lower case; empty where the header names none.</param>
/// <param name="Content">Without its transfer encoding.</param>
internal sealed record ObjectPart(string MediaType, string Charset, ReadOnlyMemory<byte> Content)
{
    public static ObjectPart? Find(ReadOnlyMemory<byte> message, ObjectHeader header)
    {
        var summary = SummaryBuilder.Build(message);
        var index = -1;
        var inside = int.MaxValue;
        foreach (var part in summary.Parts)
        {
            if (++index >= ReadingLimits.Parts) return null;

            // What is in a message inside belongs to that message, a forwarded one perhaps.
            if (part.Depth > inside) continue;
            inside = part.Kind == PartKind.Message ? part.Depth : int.MaxValue;
            if (part.Kind is not (PartKind.Text or PartKind.Other)) continue;

            var mediaType = Encoding.Latin1.GetString(part.ContentType);
            if (KolabTypes.IsKolabMedia(mediaType) || (KolabTypes.IsPlainMedia(mediaType) && (header.Kind is not null || part.Depth == 0)))
                return Read(message, summary, index, mediaType);
        }

        return null;
    }

    private static ObjectPart? Read(ReadOnlyMemory<byte> message, in MessageSummary summary, int index, string mediaType)
    {
        var numbers = summary.Parts.NumbersOf(index, out var part);

        // Encoded it may be three times as long (quoted-printable).
        if (part.BodyLength > 3 * ReadingLimits.PayloadOctets) return null;
        var binary = SectionReader.ReadBinary(default, message, summary, numbers.AsSpan());
        if (binary.Status != BinaryStatus.Decoded || binary.Data.Length > ReadingLimits.PayloadOctets) return null;
        return new ObjectPart(mediaType, Encoding.Latin1.GetString(part.Charset), binary.Data.ToArray());
    }
}
