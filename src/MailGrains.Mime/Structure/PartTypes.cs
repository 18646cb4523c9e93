using System.Text;
using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Structure;

/// <summary>What a part is shown as.</summary>
internal static class PartTypes
{
    public static ContentType MediaType(ReadOnlySpan<byte> blob, in PartRecord part)
    {
        if (part.IsDemoted)
            return part.Kind == PartKind.Text ? ContentType.TextPlain : ContentType.OctetStream;
        return part.ContentType.IsEmpty && part.InDigest ? ContentType.Message : ContentType.Parse(part.ContentType.Of(blob));
    }

    /// <summary>Writes the records of <see cref="PartTable"/>.</summary>
    public static void WriteTable(
        ReadOnlySpan<byte> blob, ReadOnlySpan<PartRecord> parts, SummaryBuffer type, SummaryBuffer charset, SummaryBuffer output)
    {
        foreach (ref readonly var part in parts)
        {
            var media = MediaType(blob, part);
            type.Clear();
            type.Write(media.Type);
            type.WriteByte((byte)'/');
            type.Write(media.Subtype);
            type.ToLower(0);
            charset.Clear();
            if (part.Kind == PartKind.Text)
                ReadCharset(media.Parameters, charset);
            PartTable.Write(output, new MessagePart
            {
                Depth = part.Depth,
                Ordinal = part.Ordinal,
                Kind = part.Kind,
                Encoding = part.Encoding,
                ContentType = type.Written,
                Charset = charset.Written,
                HeaderStart = part.HeaderStart,
                HeaderLength = part.BodyStart - part.HeaderStart,
                BodyLength = part.BodyEnd - part.BodyStart,
                Lines = part.Lines,
            });
        }
    }

    private static void ReadCharset(ReadOnlySpan<byte> parameters, SummaryBuffer charset)
    {
        for (var reader = new ParameterReader(parameters, charset); reader.Read();)
        {
            if (Ascii.EqualsIgnoreCase(reader.Name, "charset"u8))
            {
                charset.ToLower(0);
                return;
            }
        }

        charset.Clear();
    }
}
