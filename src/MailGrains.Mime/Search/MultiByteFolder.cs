using System.Text;

namespace MailGrains.Mime.Search;

/// <summary>
/// Charsets of several octets a character, some of them with shift states. The text of a call is decoded as if it stood
/// alone, which it does but for parts longer than a chunk: those are cut after a line, where ISO-2022 starts anew.
/// </summary>
internal sealed class MultiByteFolder(Encoding encoding) : CharsetFolder
{
    private const int MaxPiece = 4 * 1024;
    private const int MaxOctetsPerOctet = 18;
    private const int WideUnit = 4;

    // UTF-16 and UTF-32 have a line feed octet in other characters too, but fixed units to cut at.
    private readonly bool _isWide = encoding is UnicodeEncoding or UTF32Encoding;

    public override int Fold(ReadOnlySpan<byte> source, Span<byte> destination, bool isLast, out int consumed)
    {
        consumed = PieceLength(source, Math.Clamp(destination.Length / MaxOctetsPerOctet, 1, MaxPiece), isLast);
        var utf8 = Encoding.UTF8.GetBytes(encoding.GetString(source[..consumed]));
        return TextFolding.FoldUtf8(utf8, destination, out _);
    }

    private int PieceLength(ReadOnlySpan<byte> source, int most, bool isLast)
    {
        if (source.Length <= most && isLast)
            return source.Length;
        var piece = source[..Math.Min(source.Length, most)];
        if (_isWide)
            return piece.Length >= WideUnit ? piece.Length / WideUnit * WideUnit : isLast ? piece.Length : 0;
        var lineEnd = piece.LastIndexOf((byte)'\n');
        return lineEnd >= 0 ? lineEnd + 1 : piece.Length;
    }
}
