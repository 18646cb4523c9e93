using System.Buffers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Headers;

/// <summary>
/// Reads address lists (RFC 5322 section 3.4, obsolete forms and what is broken besides). Words are taken as they are
/// written, without quoting. Whatever cannot be an address becomes a name or mailbox with an empty host.
/// </summary>
internal sealed class AddressListReader(IAddressSink sink)
{
    /// <summary>What no atom holds; blanks are told apart from specials where they are met.</summary>
    private static readonly SearchValues<byte> s_atomEnd = SearchValues.Create(" \t\r\n\"(),:;<>@["u8);

    private const int MaxDomainLiteral = 256;

    private readonly SummaryBuffer _phrase = new(128);
    private readonly SummaryBuffer _spec = new(128);
    private readonly SummaryBuffer _comment = new(128);
    private bool _inGroup;
    private bool _inAngle;
    private bool _sawAngle;
    private bool _needsBlank;
    private int _at;
    private int _routeEnd;

    /// <summary>Gives the sink the addresses of one field's value.</summary>
    public void Read(ReadOnlySpan<byte> value)
    {
        _inGroup = false;
        Reset();
        while (!value.IsEmpty)
            value = Next(value);
        EndAddress();
        EndGroup();
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
            Give(_phrase.Length > 0 ? _phrase.Written : _comment.Written, _spec.Written, _at);
        else if (_at >= 0)
            Give(_comment.Written, _spec.Written, _at);
        else if (_phrase.Length > 0)
            GiveUnaddressed();
        Reset();
    }

    private void GiveUnaddressed()
    {
        if (_phrase.Written.IndexOf((byte)' ') >= 0)
            Give(_phrase.Written, default, -1);
        else
            Give(_comment.Written, _spec.Written, -1);
    }

    private void Give(ReadOnlySpan<byte> name, ReadOnlySpan<byte> spec, int at)
    {
        var start = _routeEnd > 0 ? Math.Min(_routeEnd + 1, spec.Length) : 0;
        var hasHost = at >= start;
        sink.Address(
            name, spec[..Math.Min(_routeEnd, spec.Length)], spec[start..(hasHost ? at : spec.Length)], hasHost ? spec[(at + 1)..] : default);
    }

    private void StartGroup()
    {
        _inGroup = true;
        sink.GroupStart(_phrase.Written);
        Reset();
    }

    private void EndGroup()
    {
        if (!_inGroup)
            return;
        _inGroup = false;
        sink.GroupEnd();
    }

    private void Reset()
    {
        _phrase.Clear();
        _spec.Clear();
        _comment.Clear();
        (_inAngle, _sawAngle, _needsBlank, _at, _routeEnd) = (false, false, false, -1, 0);
    }
}
