using MailGrains.Model.Summary;

namespace MailGrains.Mime.Headers;

/// <summary>
/// Reads <c>*(";" attribute "=" value)</c> of Content-Type and Content-Disposition (RFC 2045 section 5.1), forgiving what
/// mail does to it: unquoted values with blanks, missing quotes, comments, stray semicolons. RFC 2231 forms stay as they are.
/// </summary>
internal ref struct ParameterReader(ReadOnlySpan<byte> parameters, SummaryBuffer value)
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private readonly SummaryBuffer _value = value;
    private ReadOnlySpan<byte> _rest = parameters;

    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Without quoting; valid until the next Read.</summary>
    public readonly ReadOnlySpan<byte> Value => _value.Written;

    public bool Read()
    {
        while (true)
        {
            _rest = Comments.SkipBlanks(_rest).TrimStart((byte)';');
            if (_rest.IsEmpty)
                return false;
            if (_rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'(')
                continue;

            var nameEnd = _rest.IndexOfAny((byte)'=', (byte)';');
            if (nameEnd < 0)
                return false;
            Name = _rest[..nameEnd].Trim(Blanks);
            var hasValue = _rest[nameEnd] == '=';
            _rest = _rest[(nameEnd + 1)..];
            if (!hasValue)
                continue;
            ReadValue();
            if (!Name.IsEmpty)
                return true;
        }
    }

    private void ReadValue()
    {
        _value.Clear();
        _rest = Comments.SkipBlanks(_rest);
        if (!_rest.IsEmpty && _rest[0] == '"')
        {
            _rest = QuotedText.Read(_rest, _value);
            var next = _rest.IndexOf((byte)';');
            _rest = next < 0 ? default : _rest[next..];
            return;
        }

        var end = _rest.IndexOf((byte)';');
        var value = (end < 0 ? _rest : _rest[..end]).Trim(Blanks);
        _rest = end < 0 ? default : _rest[end..];
        var comment = value.IndexOf(" ("u8);
        HeaderText.WriteUnfolded(comment < 0 ? value : value[..comment], _value);
    }
}
