using System.Net.Sockets;

namespace MailGrains.Bench.Client;

/// <summary>Reads CRLF lines and skips counted bytes from a socket without copying or decoding them.</summary>
internal sealed class LineReader(Socket socket, int capacity)
{
    private byte[] _buffer = new byte[capacity];
    private int _start;
    private int _end;

    /// <summary>Bytes consumed so far.</summary>
    public long Consumed { get; private set; }

    /// <summary>The next line with its CRLF; valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadLine()
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _buffer.AsSpan(_start, searched + at + 1);
                _start += line.Length;
                Consumed += line.Length;
                return line;
            }
            searched = _end - _start;
            Fill();
        }
    }

    /// <summary>Throws away <paramref name="count"/> bytes, receiving in pieces as large as the buffer.</summary>
    public void Skip(long count)
    {
        Consumed += count;
        while (true)
        {
            var taken = (int)Math.Min(count, _end - _start);
            _start += taken;
            count -= taken;
            if (count == 0)
                return;
            Fill();
        }
    }

    /// <summary>Whether bytes have arrived that were not read yet.</summary>
    public bool HasBuffered => _start < _end;

    private void Fill()
    {
        if (_start == _end)
            _start = _end = 0;
        else if (_end == _buffer.Length && _start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var received = socket.Receive(_buffer, _end, _buffer.Length - _end, SocketFlags.None);
        if (received == 0)
            throw new EndOfStreamException("The server closed the connection.");
        _end += received;
    }
}
