namespace MailGrains.Mime.Headers;

/// <summary>
/// Walks a header block field by field without judging it: a field is a line and the lines after it that start with a
/// blank; a line that is no <c>name: value</c> is a field with an empty name. Lines end with LF, with or without CR (a bare CR
/// ends nothing). The block ends at an empty line or with the bytes.
/// </summary>
public ref struct HeaderFieldReader(ReadOnlySpan<byte> header)
{
    private readonly ReadOnlySpan<byte> _header = header;
    private int _next;

    /// <summary>Where the current field starts.</summary>
    public int Start { get; private set; }

    /// <summary>Octets of the current field with its line ends.</summary>
    public readonly int Length => _next - Start;

    /// <summary>Where the value starts, after the colon.</summary>
    public int ValueStart { get; private set; }

    public ReadOnlySpan<byte> Name { get; private set; }

    public readonly ReadOnlySpan<byte> Field => _header[Start.._next];

    /// <summary>The value, raw: folded, with surrounding blanks and the line end.</summary>
    public readonly ReadOnlySpan<byte> Value => _header[ValueStart.._next];

    public bool Read()
    {
        Start = _next;
        if (_next >= _header.Length || IsEmptyLine(_header[_next..]))
            return false;
        do
        {
            var lineEnd = _header[_next..].IndexOf((byte)'\n');
            _next = lineEnd < 0 ? _header.Length : _next + lineEnd + 1;
        }
        while (_next < _header.Length && _header[_next] is (byte)' ' or (byte)'\t');

        ReadName();
        return true;
    }

    /// <summary>Whether a line starts here that holds nothing; <paramref name="bytes"/> is not empty.</summary>
    public static bool IsEmptyLine(ReadOnlySpan<byte> bytes) =>
        bytes[0] == '\n' || (bytes.Length > 1 && bytes[0] == '\r' && bytes[1] == '\n');

    private void ReadName()
    {
        // field-name = 1*ftext (RFC 5322 section 3.6.8); obs-optional allows blanks before the colon.
        var field = Field;
        var colon = field.IndexOf((byte)':');
        var name = colon > 0 ? field[..colon].TrimEnd(" \t"u8) : default;
        if (name.IsEmpty || name.IndexOfAnyExceptInRange((byte)33, (byte)126) >= 0)
        {
            Name = default;
            ValueStart = Start;
            return;
        }

        Name = name;
        ValueStart = Start + colon + 1;
    }
}
