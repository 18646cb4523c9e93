using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Sections;

/// <summary>HEADER.FIELDS and HEADER.FIELDS.NOT: the fields verbatim and in order, and always an empty line after them.</summary>
internal static class HeaderFilter
{
    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>HEADER.FIELDS of the message itself, when the summary covers all names of the section.</summary>
    public static byte[] FromSummary(ReadOnlySpan<byte> prefix, in MessageSummary summary, SectionPath section)
    {
        var length = LineEnd.Length;
        for (var reader = new HeaderFieldReader(prefix); reader.Read();)
            length += IsCachedName(reader.Name, section) ? reader.Length : 0;
        foreach (var (field, lines) in summary.CachedHeaders)
            length += (section.CachedFieldMask >> field & 1) != 0 ? lines.Length : 0;

        var output = new byte[length];
        var position = 0;
        for (var reader = new HeaderFieldReader(prefix); reader.Read();)
            Append(output, ref position, IsCachedName(reader.Name, section) ? reader.Field : default);
        foreach (var (field, lines) in summary.CachedHeaders)
            Append(output, ref position, (section.CachedFieldMask >> field & 1) != 0 ? lines.Span : default);
        Append(output, ref position, LineEnd);
        return output;
    }

    public static byte[] FromHeader(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> header, SectionPath section)
    {
        var isMost = section.Kind == SectionKind.HeaderFieldsNot;
        var output = new SummaryBuffer(isMost ? prefix.Length + header.Length + 2 * LineEnd.Length : 512);
        Filter(prefix, section, output);
        Filter(header, section, output);
        if (output.Length > 0 && output.Written[^1] != '\n')
            output.Write(LineEnd);
        output.Write(LineEnd);
        return output.Written.ToArray();
    }

    private static void Filter(ReadOnlySpan<byte> header, SectionPath section, SummaryBuffer output)
    {
        var wanted = section.Kind == SectionKind.HeaderFields;
        for (var reader = new HeaderFieldReader(header); reader.Read();)
        {
            if ((!reader.Name.IsEmpty && section.HasField(reader.Name)) == wanted)
                output.Write(reader.Field);
        }
    }

    private static bool IsCachedName(ReadOnlySpan<byte> name, SectionPath section)
    {
        var index = CachedFields.IndexOf(name);
        return index >= 0 && (section.CachedFieldMask >> index & 1) != 0;
    }

    private static void Append(byte[] output, ref int position, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.AsSpan(position));
        position += bytes.Length;
    }
}
