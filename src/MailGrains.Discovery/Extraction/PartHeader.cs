using System.Text;
using MailGrains.Mime.Headers;
using MimeKit;

namespace MailGrains.Discovery.Extraction;

/// <summary>What a part's own header says besides what a summary keeps.</summary>
/// <param name="FileName">Content-Disposition's file name or Content-Type's name, decoded (RFC 2231, RFC 2047); may be empty.</param>
/// <param name="IsAttachment">Content-Disposition says so.</param>
/// <param name="IsMultipart">Content-Type says that other parts are in it.</param>
/// <param name="SmimeType">The <c>smime-type</c> parameter (RFC 8551 section 3.2.2), lower case; may be empty.</param>
internal readonly record struct PartHeader(string FileName, bool IsAttachment, bool IsMultipart, string SmimeType)
{
    /// <summary>S/MIME that is signed or packed, but not encrypted.</summary>
    public bool IsReadableSmime => SmimeType is "signed-data" or "certs-only" or "compressed-data";

    /// <summary>Longer fields are not looked at.</summary>
    private const int MaxOctets = 64 * 1024;

    public static PartHeader Read(ReadOnlySpan<byte> header, int longestName)
    {
        ReadOnlySpan<byte> type = default;
        ReadOnlySpan<byte> disposition = default;
        for (var reader = new HeaderFieldReader(header); reader.Read();)
        {
            if (type.IsEmpty && Ascii.EqualsIgnoreCase(reader.Name, "content-type"u8))
                type = reader.Value;
            else if (disposition.IsEmpty && Ascii.EqualsIgnoreCase(reader.Name, "content-disposition"u8))
                disposition = reader.Value;
        }

        type = type[..Math.Min(type.Length, MaxOctets)].Trim(" \t\r\n"u8);
        disposition = disposition[..Math.Min(disposition.Length, MaxOctets)].Trim(" \t\r\n"u8);
        string? fileName = null;
        string? smimeType = null;
        if (disposition.IndexOf((byte)';') >= 0 && ContentDisposition.TryParse(ParserOptions.Default, disposition.ToArray(), out var parsed))
            fileName = parsed.FileName;
        if (type.IndexOf((byte)';') >= 0 && HasNamedParameter(type) && ContentType.TryParse(ParserOptions.Default, type.ToArray(), out var media))
        {
            fileName ??= media.Name;
            smimeType = media.Parameters["smime-type"];
        }

        fileName ??= "";
        return new PartHeader(
            fileName.Length > longestName ? fileName[..longestName] : fileName,
            StartsWith(disposition, "attachment"u8),
            StartsWith(type, "multipart/"u8),
            smimeType?.ToLowerInvariant() ?? "");
    }

    /// <summary>Most parts have a charset and no more: they need no parser of parameters.</summary>
    private static bool HasNamedParameter(ReadOnlySpan<byte> type)
    {
        foreach (var range in type.Split((byte)';'))
        {
            var parameter = type[range].TrimStart(" \t\r\n"u8);
            if (StartsWith(parameter, "name"u8) || StartsWith(parameter, "smime-type"u8)) return true;
        }

        return false;
    }

    private static bool StartsWith(ReadOnlySpan<byte> value, ReadOnlySpan<byte> start) =>
        value.Length >= start.Length && Ascii.EqualsIgnoreCase(value[..start.Length], start);
}
