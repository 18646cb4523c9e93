using System.Buffers;
using System.Numerics;

namespace MailGrains.Storage.Records;

/// <summary>
/// Tokens, each once: their text, and a table of the places at which they begin in it, so that no token needs an object of its own. The hash is the one of
/// strings, which nobody who writes mail can foresee.
/// </summary>
internal ref struct DistinctTokens : IDisposable
{
    private readonly char[] _text;
    private readonly int[] _rented;
    private readonly Span<int> _places;
    private int _length;

    /// <param name="tokens">All that will be added, with spaces between.</param>
    public DistinctTokens(ReadOnlySpan<char> tokens)
    {
        // At the most half of the places are taken.
        var places = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * (tokens.Count(' ') + 1)));
        _text = ArrayPool<char>.Shared.Rent(tokens.Length + 1);
        _rented = ArrayPool<int>.Shared.Rent(places);
        _places = _rented.AsSpan(0, places);
        _places.Clear();
    }

    public void Add(ReadOnlySpan<char> token)
    {
        var place = string.GetHashCode(token) & (_places.Length - 1);
        while (_places[place] is var known and > 0)
        {
            if (IsAt(known - 1, token)) return;
            place = (place + 1) & (_places.Length - 1);
        }

        _places[place] = _length + 1;
        token.CopyTo(_text.AsSpan(_length));
        _length += token.Length;
        _text[_length++] = ' ';
    }

    public override readonly string ToString() => _length == 0 ? "" : new(_text, 0, _length - 1);

    public readonly void Dispose()
    {
        ArrayPool<char>.Shared.Return(_text);
        ArrayPool<int>.Shared.Return(_rented);
    }

    private readonly bool IsAt(int start, ReadOnlySpan<char> token) =>
        _text[start + token.Length] == ' ' && _text.AsSpan(start, token.Length).SequenceEqual(token);
}
