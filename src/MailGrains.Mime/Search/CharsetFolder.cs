using System.Collections.Concurrent;
using System.Text;

namespace MailGrains.Mime.Search;

/// <summary>Turns text of one charset into folded UTF-8, piece after piece.</summary>
internal abstract class CharsetFolder
{
    private static readonly Utf8Folder s_utf8 = new();
    private static readonly ConcurrentDictionary<string, CharsetFolder> s_byName = new(StringComparer.Ordinal);

    /// <summary>Names that mail may invent must not fill the memory.</summary>
    private const int MaxNames = 1000;

    private const int MaxNameLength = 64;

    static CharsetFolder() => CharsetText.Register();

    /// <summary>
    /// A folder for one text in the charset of this lower-case name; for no name, ASCII and unknown names that of UTF-8.
    /// </summary>
    public static CharsetFolder For(ReadOnlySpan<byte> charset)
    {
        if (charset.IsEmpty || charset.SequenceEqual("utf-8"u8) || charset.SequenceEqual("us-ascii"u8) || charset.Length > MaxNameLength)
            return s_utf8;
        Span<char> name = stackalloc char[MaxNameLength];
        name = name[..Encoding.Latin1.GetChars(charset, name)];
        if (!s_byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var folder))
        {
            folder = Create(name.ToString());
            if (s_byName.Count < MaxNames)
                s_byName.TryAdd(name.ToString(), folder);
        }

        return folder is MultiByteFolder stateful ? stateful.Renew() : folder;
    }

    /// <param name="source">What follows the text given before.</param>
    /// <param name="destination">At least <see cref="TextFolding.MaxRuneOctets"/> octets.</param>
    /// <param name="isLast">Nothing follows: an incomplete character at the end counts as it is.</param>
    /// <param name="consumed">0 only when the source is an incomplete character and something may follow.</param>
    /// <returns>Octets written.</returns>
    public abstract int Fold(ReadOnlySpan<byte> source, Span<byte> destination, bool isLast, out int consumed);

    private static CharsetFolder Create(string charset) => CharsetText.Find(charset) switch
    {
        null or { CodePage: 65001 or 20127 } => s_utf8,
        { IsSingleByte: true } encoding => new SingleByteFolder(encoding),
        var encoding => new MultiByteFolder(encoding),
    };
}
