namespace MailGrains.Mime.Headers;

/// <summary>CFWS (RFC 5322 section 3.2.2).</summary>
internal static class Comments
{
    /// <summary>Skips blanks, line ends and comments.</summary>
    public static ReadOnlySpan<byte> SkipBlanks(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            text = text.TrimStart(" \t\r\n"u8);
            if (text.IsEmpty || text[0] != '(')
                return text;
            text = text[LengthAt(text)..];
        }
    }

    /// <summary>The length of the comment that starts the text, its nested ones included; all of it when it never ends.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var next = text[i..].IndexOfAny((byte)'(', (byte)')', (byte)'\\');
            if (next < 0)
                break;
            i += next;
            if (text[i] == '\\')
                i++;
            else if (text[i] == '(')
                depth++;
            else if (--depth == 0)
                return i + 1;
        }

        return text.Length;
    }
}
