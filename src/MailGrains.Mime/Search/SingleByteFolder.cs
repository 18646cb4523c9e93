using System.Text;

namespace MailGrains.Mime.Search;

/// <summary>ISO-8859-x, windows-125x, KOI8 and their like: one table look-up per octet above ASCII.</summary>
internal sealed class SingleByteFolder : CharsetFolder
{
    private readonly byte[][] _folded = new byte[256][];

    public SingleByteFolder(Encoding encoding)
    {
        for (var i = 0; i < 256; i++)
            _folded[i] = TextFolding.Fold(encoding.GetString([(byte)i]));
    }

    public override int Fold(ReadOnlySpan<byte> source, Span<byte> destination, bool isLast, out int consumed)
    {
        var written = 0;
        consumed = 0;
        while (consumed < source.Length && destination.Length - written >= TextFolding.MaxRuneOctets)
        {
            var rest = source[consumed..];
            Ascii.ToLower(rest[..Math.Min(rest.Length, destination.Length - written)], destination[written..], out var ascii);
            consumed += ascii;
            written += ascii;
            if (consumed >= source.Length || destination.Length - written < TextFolding.MaxRuneOctets)
                break;
            var folded = _folded[source[consumed++]];
            folded.CopyTo(destination[written..]);
            written += folded.Length;
        }

        return written;
    }
}
