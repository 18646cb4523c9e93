using System.Buffers;

namespace MailGrains.Mime.Search;

/// <summary>Folds text into a sliding buffer and looks for the needle in it, across the edges of what is given.</summary>
internal ref struct FoldedWindow(CharsetFolder folder, ReadOnlySpan<byte> needle)
{
    private const int MinimumOctets = 16 * 1024;

    private readonly ReadOnlySpan<byte> _needle = needle;
    private readonly byte[] _folded = ArrayPool<byte>.Shared.Rent(MinimumOctets + 2 * needle.Length);
    private int _kept;

    /// <param name="text">What follows the text given before.</param>
    /// <param name="isLast">Nothing follows: an incomplete character at the end is taken as it is.</param>
    /// <param name="consumed">What to leave out before the next call; short of the text when it ends inside a character.</param>
    public bool Search(ReadOnlySpan<byte> text, bool isLast, out int consumed)
    {
        consumed = 0;
        while (consumed < text.Length)
        {
            var written = folder.Fold(text[consumed..], _folded.AsSpan(_kept), isLast, out var taken);
            consumed += taken;
            var filled = _folded.AsSpan(0, _kept + written);
            if (filled.IndexOf(_needle) >= 0)
                return true;
            if (taken == 0)
                return false;
            _kept = Math.Min(_needle.Length - 1, filled.Length);
            filled[^_kept..].CopyTo(_folded);
        }

        return false;
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_folded);
}
