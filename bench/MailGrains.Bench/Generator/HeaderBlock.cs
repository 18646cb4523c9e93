using System.Text;

namespace MailGrains.Bench.Generator;

/// <summary>Builds a header: folding near 76 columns (RFC 5322, 2.2.3) and encoded words (RFC 2047).</summary>
public sealed class HeaderBlock
{
    private const int FoldAt = 76;
    private const int EncodedWordBytes = 36;
    private readonly StringBuilder _text = new();

    /// <summary>Adds a field of ASCII text, folded at spaces.</summary>
    public HeaderBlock Add(string name, string value)
    {
        var column = name.Length + 1;
        _text.Append(name).Append(':');
        foreach (var word in value.Split(' '))
        {
            var fold = column + 1 + word.Length > FoldAt && column > name.Length + 1;
            _text.Append(fold ? "\r\n " : " ").Append(word);
            column = fold ? 1 + word.Length : column + 1 + word.Length;
        }
        _text.Append("\r\n");
        return this;
    }

    /// <summary>Adds a field as it stands: already folded, or with raw 8-bit UTF-8 as careless senders write it.</summary>
    public HeaderBlock AddRaw(string name, string value)
    {
        _text.Append(name).Append(": ").Append(value).Append("\r\n");
        return this;
    }

    /// <summary>Adds free text, as encoded words when it is not ASCII.</summary>
    public HeaderBlock AddText(string name, string text) => Add(name, Encode(text));

    public override string ToString() => _text.ToString();

    /// <summary>An address with its display name, quoted or encoded as needed.</summary>
    public static string Mailbox(Person person)
    {
        var name = Ascii.IsValid(person.Name) ? Quote(person.Name) : Encode(person.Name);
        return $"{name} <{person.Address}>";
    }

    /// <summary>ASCII text as it is; other text as encoded words: Q where most letters are Latin, B elsewhere.</summary>
    public static string Encode(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var latin = text.All(c => c <= 0xFF);
        var charset = latin ? "iso-8859-1" : "UTF-8";
        return string.Join(' ', Slices(text, latin).Select(slice => latin
            ? $"=?{charset}?Q?{QuotedWord(Encoding.Latin1.GetBytes(slice))}?="
            : $"=?{charset}?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(slice))}?="));
    }

    private static string Quote(string name) => name.Contains(',', StringComparison.Ordinal) ? $"\"{name}\"" : name;

    // A multi-byte character must not be split between two encoded words (RFC 2047, 5).
    private static IEnumerable<string> Slices(string text, bool latin)
    {
        var start = 0;
        var bytes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var width = latin ? 1 : Encoding.UTF8.GetByteCount(text, i, 1);
            if (bytes + width > EncodedWordBytes)
            {
                yield return text[start..i];
                (start, bytes) = (i, 0);
            }
            bytes += width;
        }
        yield return text[start..];
    }

    private static string QuotedWord(byte[] bytes)
    {
        var word = new StringBuilder();
        foreach (var b in bytes)
        {
            if (b == ' ')
                word.Append('_');
            else if (char.IsAsciiLetterOrDigit((char)b))
                word.Append((char)b);
            else
                word.Append('=').Append(b.ToString("X2"));
        }
        return word.ToString();
    }
}
