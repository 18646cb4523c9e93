using System.Text;

namespace MailGrains.Discovery.Tokens;

/// <summary>
/// Collects the tokens of a field: joined by spaces, and by a line feed where a segment ends that no phrase goes beyond – an
/// address, a file name, a part.
/// </summary>
internal sealed class TokenWriter
{
    public const char SegmentEnd = '\n';

    private static readonly char[] s_ascii = Ascii();

    private char[] _buffer = new char[256];
    private int _length;
    private int _tokenLength;
    private bool _isSingle;
    private char _separator;

    public int Length => _length;

    /// <summary>Adds the tokens of a text that is a segment by itself.</summary>
    public void AddSegment(ReadOnlySpan<char> text)
    {
        _separator = SegmentEnd;
        text = TokenFolding.Compose(text);
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (c < 0x80)
            {
                if (s_ascii[c] == TokenFolding.Separator)
                {
                    EndToken();
                    i++;
                }
                else
                {
                    i += AddAscii(text[i..]);
                }

                continue;
            }

            Rune.DecodeFromUtf16(text[i..], out var rune, out var taken);
            i += taken;
            AddFolded(TokenFolding.Fold(rune));
        }

        EndToken();
    }

    public override string ToString() => new(_buffer, 0, _length);

    /// <summary>Adds the ASCII letters and digits at a text's beginning, of which there is one at least: nearly all of most mail.</summary>
    private int AddAscii(ReadOnlySpan<char> text)
    {
        Add(s_ascii[text[0]]);
        if (_length + Tokenizer.MaxTokenLength > _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var buffer = _buffer.AsSpan(_length);
        var taken = 1;
        var kept = 0;
        var room = Tokenizer.MaxTokenLength - _tokenLength;
        for (; taken < text.Length && text[taken] < 0x80; taken++)
        {
            var folded = s_ascii[text[taken]];
            if (folded == TokenFolding.Separator) break;
            if (kept < room) buffer[kept++] = folded;
        }

        _length += kept;
        _tokenLength += taken - 1;
        return taken;
    }

    private void AddFolded(string folded)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            switch (folded[i])
            {
                case TokenFolding.Separator:
                    EndToken();
                    break;
                case TokenFolding.Single:
                    EndToken();
                    Append(folded[++i]);
                    if (char.IsHighSurrogate(folded[i])) Append(folded[++i]);
                    _isSingle = true;
                    break;
                case TokenFolding.Mark:
                    Append(folded[++i]);
                    if (char.IsHighSurrogate(folded[i])) Append(folded[++i]);
                    break;
                default:
                    Add(folded[i]);
                    break;
            }
        }
    }

    private void Add(char c)
    {
        if (_isSingle) EndToken();
        Append(c);
    }

    private void Append(char c)
    {
        if (_length + 2 > _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        if (_tokenLength == 0)
        {
            if (_length > 0) _buffer[_length++] = _separator;
            _separator = TokenFolding.Separator;
        }

        if (_tokenLength++ < Tokenizer.MaxTokenLength) _buffer[_length++] = c;
    }

    private void EndToken()
    {
        // What was cut may have been cut inside a character.
        if (_tokenLength > Tokenizer.MaxTokenLength && char.IsHighSurrogate(_buffer[_length - 1])) _length--;
        _tokenLength = 0;
        _isSingle = false;
    }

    private static char[] Ascii()
    {
        var table = new char[0x80];
        for (var i = 0; i < table.Length; i++)
            table[i] = char.IsAsciiLetterOrDigit((char)i) ? char.ToLowerInvariant((char)i) : TokenFolding.Separator;
        return table;
    }
}
