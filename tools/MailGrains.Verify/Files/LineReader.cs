namespace MailGrains.Verify.Files;

/// <summary>Lines of a file of any length, of which each is bounded: a longer one is skipped and says so.</summary>
internal sealed class LineReader(Stream stream, int limit) : IDisposable
{
    private byte[] _buffer = new byte[Math.Min(limit, 64 * 1024)];
    private int _start;
    private int _end;

    /// <summary>Of the line last read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line last read was longer than the limit; it is given as empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The next line without its LF, valid until the next call; false at the end of the file.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var end = rest[searched..].IndexOf((byte)'\n');
            if (end >= 0) return Take(searched + end, 1, out line);
            searched = rest.Length;
            if (rest.Length == limit)
            {
                IsTooLong = true;
                (_start, _end, searched) = (0, 0, 0);
            }

            if (Fill()) continue;
            if (_start == _end && !IsTooLong)
            {
                line = default;
                return false;
            }

            return Take(_end - _start, 0, out line);
        }
    }

    public void Dispose() => stream.Dispose();

    private bool Take(int length, int lineEnd, out ReadOnlySpan<byte> line)
    {
        line = IsTooLong ? default : _buffer.AsSpan(_start, length);
        _start += length + lineEnd;
        Number++;
        return true;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) Array.Resize(ref _buffer, Math.Min(limit, 2 * _buffer.Length));
        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
