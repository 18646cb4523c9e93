using System.Text;

namespace MailGrains.Imap.Syntax;

/// <summary>
/// Walks over one whole command. The first failure sticks: the scanner then stands at the end, everything it is asked for is
/// empty, and the caller looks once, at the end, whether <see cref="Error"/> is set.
/// </summary>
internal ref partial struct ImapScanner(ReadOnlySpan<byte> data, ImapParseOptions options)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;

    public ImapError? Error { get; private set; }

    public readonly bool Failed => Error is not null;

    public readonly ImapParseOptions Options => options;

    public readonly bool AtEnd => _position == _data.Length;

    public readonly int Position => _position;

    public readonly int Remaining => _data.Length - _position;

    /// <summary>The next octet, or −1 at the end.</summary>
    public readonly int Peek => _position < _data.Length ? _data[_position] : -1;

    /// <summary>The octet behind the next one, or −1.</summary>
    public readonly int PeekSecond => _position + 1 < _data.Length ? _data[_position + 1] : -1;

    public void Fail(string text) => Fail(ImapError.Bad(text));

    public void Fail(ImapError error)
    {
        Error ??= error;
        _position = _data.Length;
    }

    public bool TryTake(byte octet)
    {
        if (Peek != octet) return false;
        _position++;
        return true;
    }

    public void Expect(byte octet)
    {
        if (!TryTake(octet)) Fail($"Expected '{(char)octet}'");
    }

    public void Space()
    {
        if (!TryTake((byte)' ')) Fail("Expected a space");
    }

    public void End()
    {
        if (!AtEnd) Fail("Unexpected text at the end of the command");
    }

    /// <summary>The octets from <paramref name="start"/> to here.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => Failed ? default : _data[start.._position];

    public void SkipToEnd() => _position = _data.Length;

    /// <summary>Everything up to the end.</summary>
    public ReadOnlySpan<byte> Rest()
    {
        var rest = _data[_position..];
        SkipToEnd();
        return rest;
    }

    public void Skip(int octets) => _position += octets;

    /// <summary>1*ATOM-CHAR</summary>
    public ReadOnlySpan<byte> Atom()
    {
        var rest = _data[_position..];
        var length = rest.IndexOfAnyExcept(ImapChars.Atom);
        if (length < 0) length = rest.Length;
        if (length == 0) Fail("Expected an atom");
        else _position += length;
        return rest[..length];
    }

    public string AtomText() => Encoding.ASCII.GetString(Atom());

    /// <summary>An atom in upper case: names of options and items that the grammar compares without case.</summary>
    public string Word() => Encoding.ASCII.GetString(Letters()).ToUpperInvariant();

    /// <summary>Takes <paramref name="word"/> when it stands here whole, without regard to case.</summary>
    public bool TryWord(ReadOnlySpan<byte> word)
    {
        var rest = _data[_position..];
        if (rest.Length < word.Length || !Ascii.EqualsIgnoreCase(rest[..word.Length], word)) return false;
        if (rest.Length > word.Length && IsWord(rest[word.Length])) return false;
        _position += word.Length;
        return true;
    }

    /// <summary>Letters, digits, '.' and '-': the shape of all item names, ending before '[', '&lt;', '(' …</summary>
    private ReadOnlySpan<byte> Letters()
    {
        var length = 0;
        var rest = _data[_position..];
        while (length < rest.Length && IsWord(rest[length])) length++;
        if (length == 0) Fail("Expected a name");
        else _position += length;
        return rest[..length];
    }

    private static bool IsWord(byte c) =>
        (uint)((c | 0x20) - 'a') <= 'z' - 'a' || (uint)(c - '0') <= 9 || c is (byte)'.' or (byte)'-' or (byte)'=' or (byte)'_';
}
