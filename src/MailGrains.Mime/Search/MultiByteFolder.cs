using System.Buffers;
using System.Text;

namespace MailGrains.Mime.Search;

/// <summary>
/// Charsets of several octets a character, some of them with shift states: a decoder keeps what a piece of text ends in
/// for the piece that follows. One instance folds one text.
/// </summary>
internal sealed class MultiByteFolder(Encoding encoding) : CharsetFolder
{
    private const int MaxPiece = 4 * 1024;

    /// <summary>Two octets may be one character that folds to 33.</summary>
    private const int GrowthPerOctet = 18;

    private readonly Decoder _decoder = encoding.GetDecoder();

    /// <summary>A folder of the same charset for another text.</summary>
    public MultiByteFolder Renew() => new(encoding);

    public override int Fold(ReadOnlySpan<byte> source, Span<byte> destination, bool isLast, out int consumed)
    {
        consumed = Math.Min(source.Length, Math.Clamp(destination.Length / GrowthPerOctet, 1, MaxPiece));
        var chars = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(consumed));
        var count = _decoder.GetChars(source[..consumed], chars, flush: isLast && consumed == source.Length);
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(count));
        var octets = Encoding.UTF8.GetBytes(chars.AsSpan(0, count), utf8);
        var written = TextFolding.FoldUtf8(utf8.AsSpan(0, octets), destination, out _);
        ArrayPool<byte>.Shared.Return(utf8);
        ArrayPool<char>.Shared.Return(chars);
        return written;
    }
}
