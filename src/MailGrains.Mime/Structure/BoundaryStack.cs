using MailGrains.Model.Summary;

namespace MailGrains.Mime.Structure;

/// <summary>The containers that are open at a place of the message, outermost first, at most SummaryLimits.Depth.</summary>
internal sealed class BoundaryStack
{
    private readonly (int Part, int Start, int Length)[] _frames = new (int, int, int)[SummaryLimits.Depth + 1];
    private readonly SummaryBuffer _boundaries = new(256);
    private int _count;
    private int _multiparts;

    /// <summary>The innermost container's place, or -1.</summary>
    public int Level => _count - 1;

    public int PartAt(int level) => _frames[level].Part;

    public void Clear()
    {
        (_count, _multiparts) = (0, 0);
        _boundaries.Clear();
    }

    public void Push(int part, ReadOnlySpan<byte> boundary)
    {
        _frames[_count++] = (part, _boundaries.Length, boundary.Length);
        _boundaries.Write(boundary);
        _multiparts++;
    }

    public void PushMessage(int part) => _frames[_count++] = (part, _boundaries.Length, 0);

    /// <summary>Closes the innermost container and returns its part.</summary>
    public int Pop()
    {
        var (part, start, length) = _frames[--_count];
        _boundaries.Truncate(start);
        if (length > 0)
            _multiparts--;
        return part;
    }

    /// <summary>The first delimiter at or after a line's start.</summary>
    public Delimiter Find(ReadOnlySpan<byte> blob, int position)
    {
        if (_multiparts == 0)
            return Delimiter.None;
        var match = Match(blob, position);
        while (!match.IsFound)
        {
            var next = blob[position..].IndexOf("\n--"u8);
            if (next < 0)
                return Delimiter.None;
            position += next + 1;
            match = Match(blob, position);
        }

        return match;
    }

    /// <summary>The delimiter that starts at this line, if it is one: <c>"--" boundary ["--"] *LWSP</c>, innermost first.</summary>
    public Delimiter Match(ReadOnlySpan<byte> blob, int position)
    {
        var rest = blob[position..];
        if (_multiparts == 0 || !rest.StartsWith("--"u8))
            return Delimiter.None;
        for (var level = _count - 1; level >= 0; level--)
        {
            var (_, start, length) = _frames[level];
            if (length == 0 || !rest[2..].StartsWith(_boundaries.Written.Slice(start, length)))
                continue;
            var after = rest[(2 + length)..];
            var isClosing = after.StartsWith("--"u8);
            var lineEnd = LineEnd(isClosing ? after[2..] : after);
            if (lineEnd >= 0)
                return new Delimiter(level, position, position + 2 + length + (isClosing ? 2 : 0) + lineEnd, isClosing);
        }

        return Delimiter.None;
    }

    /// <summary>The octets to the start of the next line when only blanks are left of this one, or else -1.</summary>
    private static int LineEnd(ReadOnlySpan<byte> rest)
    {
        var text = rest.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
        if (text < 0)
            return rest.Length;
        return rest[text] == '\n' ? text + 1 : -1;
    }
}
