namespace MailGrains.Lmtp;

/// <summary>Walks the parameters behind a path: <c>esmtp-param = esmtp-keyword ["=" esmtp-value]</c> (RFC 5321 section 4.1.2).</summary>
internal ref struct LmtpParameters(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    public ReadOnlySpan<byte> Keyword { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when something stood there that is no parameter.</summary>
    public bool Malformed { get; private set; }

    public bool MoveNext()
    {
        if (_rest.TrimEnd((byte)' ').IsEmpty)
            return false;
        if (_rest[0] != ' ')
            return Fail();

        _rest = _rest.TrimStart((byte)' ');
        var end = _rest.IndexOf((byte)' ');
        var parameter = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? [] : _rest[end..];

        var equals = parameter.IndexOf((byte)'=');
        Keyword = equals < 0 ? parameter : parameter[..equals];
        Value = equals < 0 ? [] : parameter[(equals + 1)..];
        return Keyword.IsEmpty || (equals >= 0 && Value.IsEmpty) ? Fail() : true;
    }

    private bool Fail()
    {
        Malformed = true;
        return false;
    }
}
