using System.Text;

namespace MailGrains.Bench.Generator;

/// <summary>Makes the leaves of MIME trees: text in several charsets and encodings, and attachments.</summary>
public sealed class PartFactory(SeededRandom random)
{
    private const int Base64LineBytes = 57;
    private static readonly (string Type, string Extension)[] FileTypes =
    [
        ("application/pdf", "pdf"), ("image/jpeg", "jpg"), ("image/png", "png"), ("application/zip", "zip"), ("text/calendar", "ics"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"), ("application/octet-stream", "bin"),
    ];

    /// <summary>A text part in a charset and transfer encoding that suits its language.</summary>
    public LeafPart Text(string text, Language language, string subtype = "plain")
    {
        var (charset, encoding) = (language, random.Below(4)) switch
        {
            (Language.Ascii, _) => ("us-ascii", subtype == "html" ? "quoted-printable" : "7bit"),
            (Language.Western, 0 or 1) => ("iso-8859-1", "quoted-printable"),
            (Language.Western, 2) => ("iso-8859-1", "8bit"),
            (Language.Japanese, _) => ("UTF-8", "base64"),
            (_, 0) => ("UTF-8", "base64"),
            (_, 1) => ("UTF-8", "quoted-printable"),
            _ => ("UTF-8", "8bit"),
        };
        var bytes = (charset == "iso-8859-1" ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text);
        var header = $"Content-Type: text/{subtype}; charset={charset}" +
            $"{(encoding == "7bit" && random.Chance(0.3) ? "; format=flowed" : "")}\r\n" +
            $"Content-Transfer-Encoding: {encoding}\r\n";
        return new LeafPart(header, encoding switch
        {
            "base64" => Base64(bytes),
            "quoted-printable" => QuotedPrintable(bytes),
            _ => bytes,
        });
    }

    /// <summary>An attachment that takes about <paramref name="encodedSize"/> bytes in the message; incompressible.</summary>
    public LeafPart Attachment(string name, int encodedSize)
    {
        var (type, extension) = random.Pick(FileTypes);
        return Binary(type, $"Content-Disposition: attachment; {FileName(name + "." + extension)}\r\n", encodedSize);
    }

    /// <summary>A picture that an HTML part shows by its Content-ID.</summary>
    public LeafPart InlineImage(string contentId, int encodedSize) =>
        Binary("image/png", $"Content-ID: <{contentId}>\r\nContent-Disposition: inline; filename=\"image001.png\"\r\n", encodedSize);

    /// <summary>What a signature part looks like: the shape alone, nothing could verify it.</summary>
    public LeafPart Signature() =>
        Binary("application/pkcs7-signature; name=\"smime.p7s\"", "Content-Disposition: attachment; filename=\"smime.p7s\"\r\n", 3400);

    public static byte[] Base64(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length / 3 * 4) + (bytes.Length / Base64LineBytes * 2) + 8);
        for (var at = 0; at < bytes.Length; at += Base64LineBytes)
            text.Append(Convert.ToBase64String(bytes[at..Math.Min(at + Base64LineBytes, bytes.Length)])).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>RFC 2045, 6.7: soft line breaks before column 76, CRLF kept as line ends.</summary>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length + (bytes.Length / 8));
        var column = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b == '\r' && i + 1 < bytes.Length && bytes[i + 1] == '\n')
            {
                text.Append("\r\n");
                (column, i) = (0, i + 1);
                continue;
            }
            var atEnd = i + 1 == bytes.Length || bytes[i + 1] == '\r';
            var plain = b is >= 33 and <= 126 and not (byte)'=' || (b is (byte)' ' or (byte)'\t' && !atEnd);
            if (column + (plain ? 1 : 3) > 75)
            {
                text.Append("=\r\n");
                column = 0;
            }
            text.Append(plain ? ((char)b).ToString() : "=" + b.ToString("X2"));
            column += plain ? 1 : 3;
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private LeafPart Binary(string type, string disposition, int encodedSize)
    {
        var bytes = new byte[Math.Max(48, (int)(encodedSize * (Base64LineBytes / 78.0)))];
        random.Fill(bytes);
        return new LeafPart($"Content-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n{disposition}", Base64(bytes));
    }

    // RFC 2231 for names beyond ASCII.
    private static string FileName(string name) =>
        Ascii.IsValid(name) ? $"filename=\"{name}\"" : $"filename*=UTF-8''{Uri.EscapeDataString(name)}";
}
