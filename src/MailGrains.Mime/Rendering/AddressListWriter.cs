using System.Buffers;
using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Rendering;

/// <summary>
/// Reads address lists (RFC 5322 section 3.4, obsolete forms and what is broken besides) and writes them as ENVELOPE's
/// addresses, <c>"(" name adl mailbox host ")"</c>. Words are taken as they are written, without quoting. Whatever cannot be
/// an address becomes a name or mailbox with an empty host, never NIL, which would be a group.
/// </summary>
internal sealed class AddressListWriter
{
    /// <summary>What no atom holds; blanks are told apart from specials where they are met.</summary>
    private static readonly SearchValues<byte> s_atomEnd = SearchValues.Create(" \t\r\n\"(),:;<>@["u8);

    private const int MaxDomainLiteral = 256;

    private readonly SummaryBuffer _phrase = new(128);
    private readonly SummaryBuffer _spec = new(128);
    private readonly SummaryBuffer _comment = new(128);
    private SummaryBuffer _output = new(1);
    private bool _any;
    private bool _inGroup;
    private bool _inAngle;
    private bool _sawAngle;
    private bool _needsBlank;
    private int _at;
    private int _routeEnd;

    public void Begin(SummaryBuffer output)
    {
        _output = output;
        _any = false;
    }

    /// <summary>Adds the addresses of one field's value.</summary>
    public void Add(ReadOnlySpan<byte> value)
    {
        _inGroup = false;
        Reset();
        while (!value.IsEmpty)
            value = Next(value);
        EndAddress();
        EndGroup();
    }

    /// <summary>Ends the list; one without addresses is NIL.</summary>
    /// <returns>Whether there was any address.</returns>
    public bool End()
    {
        if (_any)
            _output.WriteByte((byte)')');
        else
            ImapText.WriteNil(_output);
        return _any;
    }

    private ReadOnlySpan<byte> Next(ReadOnlySpan<byte> rest)
    {
        switch (rest[0])
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                _needsBlank = true;
                return rest.TrimStart(" \t\r\n"u8);
            case (byte)'(':
                return ReadComment(rest);
            case (byte)'"':
                return ReadQuoted(rest);
            case (byte)'[':
                return ReadDomainLiteral(rest);
            default:
                var end = rest.IndexOfAny(s_atomEnd);
                if (end != 0)
                {
                    AddWord(end < 0 ? rest : rest[..end]);
                    return end < 0 ? default : rest[end..];
                }

                ReadSpecial(rest[0]);
                return rest[1..];
        }
    }

    private void ReadSpecial(byte special)
    {
        switch (special)
        {
            case (byte)',' when _inAngle && _spec.Length > 0 && _spec.Written[0] == '@':
            case (byte)':' when _inAngle && _spec.Length > 0 && _spec.Written[0] == '@':
                // obs-route = obs-domain-list ":" (RFC 5322 section 4.4)
                _routeEnd = special == ':' ? _spec.Length : 0;
                AddWord([special]);
                break;
            case (byte)',':
                EndAddress();
                break;
            case (byte)';':
                EndAddress();
                EndGroup();
                break;
            case (byte)':' when !_inGroup && !_inAngle && _at < 0:
                StartGroup();
                break;
            case (byte)'<' when !_inAngle:
                (_inAngle, _sawAngle, _at, _routeEnd) = (true, true, -1, 0);
                _spec.Clear();
                break;
            case (byte)'>':
                _inAngle = false;
                break;
            case (byte)'@':
                if (!_sawAngle || _inAngle)
                    _at = _spec.Length;
                AddWord("@"u8);
                break;
            default:
                AddWord([special]);
                break;
        }
    }

    private ReadOnlySpan<byte> ReadComment(ReadOnlySpan<byte> rest)
    {
        var length = Comments.LengthAt(rest);
        _comment.Clear();
        HeaderText.WriteUnfolded(rest[1..length].TrimEnd((byte)')'), _comment);
        _needsBlank = true;
        return rest[length..];
    }

    private ReadOnlySpan<byte> ReadQuoted(ReadOnlySpan<byte> rest)
    {
        Separate();
        var start = _phrase.Length;
        rest = QuotedText.Read(rest, _phrase);
        if (_inAngle || !_sawAngle)
            _spec.Write(_phrase.Written[start..]);
        return rest;
    }

    private ReadOnlySpan<byte> ReadDomainLiteral(ReadOnlySpan<byte> rest)
    {
        var end = _at < 0 ? -1 : rest[..Math.Min(rest.Length, MaxDomainLiteral)].IndexOf((byte)']');
        var length = end < 0 ? 1 : end + 1;
        AddWord(rest[..length]);
        return rest[length..];
    }

    /// <summary>A word counts for the phrase and, until an angle bracket shows which it is, for the address too.</summary>
    private void AddWord(ReadOnlySpan<byte> word)
    {
        if (_inAngle)
        {
            _spec.Write(word);
            return;
        }

        Separate();
        _phrase.Write(word);
        if (!_sawAngle)
            _spec.Write(word);
    }

    private void Separate()
    {
        if (_needsBlank && _phrase.Length > 0 && !_inAngle)
            _phrase.WriteByte((byte)' ');
        _needsBlank = false;
    }

    private void EndAddress()
    {
        if (_sawAngle)
            WriteAddress(_phrase.Length > 0 ? _phrase.Written : _comment.Written, _spec.Written, _at);
        else if (_at >= 0)
            WriteAddress(_comment.Written, _spec.Written, _at);
        else if (_phrase.Length > 0)
            WriteUnaddressed();
        Reset();
    }

    private void WriteUnaddressed()
    {
        if (_phrase.Written.IndexOf((byte)' ') >= 0)
            WriteAddress(_phrase.Written, default, -1);
        else
            WriteAddress(_comment.Written, _spec.Written, -1);
    }

    private void WriteAddress(ReadOnlySpan<byte> name, ReadOnlySpan<byte> spec, int at)
    {
        Open();
        WriteOptional(name);
        _output.WriteByte((byte)' ');
        WriteOptional(spec[..Math.Min(_routeEnd, spec.Length)]);
        _output.WriteByte((byte)' ');
        var start = _routeEnd > 0 ? Math.Min(_routeEnd + 1, spec.Length) : 0;
        var hasHost = at >= start;
        ImapText.WriteString(_output, spec[start..(hasHost ? at : spec.Length)]);
        _output.WriteByte((byte)' ');
        ImapText.WriteString(_output, hasHost ? spec[(at + 1)..] : default);
        _output.WriteByte((byte)')');
    }

    private void StartGroup()
    {
        _inGroup = true;
        Open();
        _output.Write("NIL NIL "u8);
        ImapText.WriteString(_output, _phrase.Written);
        _output.Write(" NIL)"u8);
        Reset();
    }

    private void EndGroup()
    {
        if (!_inGroup)
            return;
        _inGroup = false;
        _output.Write("(NIL NIL NIL NIL)"u8);
    }

    private void Open()
    {
        if (!_any)
            _output.WriteByte((byte)'(');
        _any = true;
        _output.WriteByte((byte)'(');
    }

    private void WriteOptional(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            ImapText.WriteNil(_output);
        else
            ImapText.WriteString(_output, text);
    }

    private void Reset()
    {
        _phrase.Clear();
        _spec.Clear();
        _comment.Clear();
        (_inAngle, _sawAngle, _needsBlank, _at, _routeEnd) = (false, false, false, -1, 0);
    }
}
