namespace MailGrains.Lmtp;

/// <summary>
/// Decodes what follows DATA (RFC 5321 section 4.5.2), in pieces of any size. The message ends at CRLF "." CRLF and at
/// nothing else; bare CRs, bare LFs and NULs are data and pass unchanged, because a second opinion on where a message
/// ends is how mail is smuggled.
/// </summary>
public struct DotUnstuffer
{
    private State _state;

    private enum State
    {
        LineStart,
        Text,
        Cr,

        /// <summary>A dot at a line's start is withheld: stuffing, or the beginning of the end.</summary>
        Dot,

        /// <summary>The dot, and the CR behind it, are withheld.</summary>
        DotCr,
        Finished,
    }

    public readonly bool IsFinished => _state == State.Finished;

    /// <summary>Decodes <paramref name="input"/> into <paramref name="sink"/> up to the message's end.</summary>
    /// <returns>The octets taken: all of them, or those up to and including the final CRLF.</returns>
    public int Feed<TSink>(ReadOnlySpan<byte> input, TSink sink)
        where TSink : IMessageSink
    {
        var position = 0;
        while (position < input.Length && _state != State.Finished)
        {
            position += _state switch
            {
                State.Dot => AfterDot(input[position], sink),
                State.DotCr => AfterDotCr(input[position], sink),
                State.Cr when input[position] == '\n' => Copy(input.Slice(position, 1), State.LineStart, sink),
                State.LineStart when input[position] == '.' => Withhold(State.Dot),
                _ => Text(input[position..], sink),
            };
        }

        return position;
    }

    /// <summary>Everything up to the next line that begins with a dot goes in one copy; most messages have none but the last.</summary>
    private int Text<TSink>(ReadOnlySpan<byte> rest, TSink sink)
        where TSink : IMessageSink
    {
        var stop = rest.IndexOf("\r\n."u8);
        if (stop >= 0)
            return Copy(rest[..(stop + 2)], State.LineStart, sink);

        var next = rest[^1] == '\r' ? State.Cr : rest.EndsWith("\r\n"u8) ? State.LineStart : State.Text;
        return Copy(rest, next, sink);
    }

    private int AfterDot<TSink>(byte octet, TSink sink)
        where TSink : IMessageSink
    {
        if (octet == '\r')
            return Withhold(State.DotCr);

        // The line goes on, so the dot was stuffing; whatever follows it is text, even another dot.
        return Copy([octet], State.Text, sink);
    }

    private int AfterDotCr<TSink>(byte octet, TSink sink)
        where TSink : IMessageSink
    {
        if (octet == '\n')
            return Withhold(State.Finished);

        // No end after all: the withheld CR was text, and this octet is looked at again as what follows a CR.
        Copy("\r"u8, State.Cr, sink);
        return 0;
    }

    private int Withhold(State next)
    {
        _state = next;
        return 1;
    }

    private int Copy<TSink>(ReadOnlySpan<byte> octets, State next, TSink sink)
        where TSink : IMessageSink
    {
        sink.Append(octets);
        _state = next;
        return octets.Length;
    }
}
