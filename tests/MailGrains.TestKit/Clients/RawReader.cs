using System.Text;

namespace MailGrains.TestKit.Clients;

/// <summary>Lines and counted octets from a connection. A closed connection is an <see cref="EndOfStreamException"/>.</summary>
internal sealed class RawReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>A line without its CRLF, as Latin-1.</summary>
    public async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>(128);
        while (true)
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var taken = feed < 0 ? _end - _start : feed + 1;
            line.AddRange(_buffer.AsSpan(_start, taken));
            _start += taken;
            if (feed >= 0) return Encoding.Latin1.GetString([.. line]).TrimEnd('\r', '\n');
            await FillAsync(cancellation);
        }
    }

    public async Task<byte[]> OctetsAsync(int count, CancellationToken cancellation)
    {
        var result = new byte[count];
        var have = Math.Min(count, _end - _start);
        _buffer.AsSpan(_start, have).CopyTo(result);
        _start += have;
        await stream.ReadExactlyAsync(result.AsMemory(have), cancellation);
        return result;
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancellation);
        if (_end == 0) throw new EndOfStreamException("The server closed the connection.");
    }
}
