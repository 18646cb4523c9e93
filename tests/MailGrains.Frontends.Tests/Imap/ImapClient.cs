using System.Text;
using MailGrains.Frontends.Tests.Connections;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>The barest IMAP client: bytes out, lines in.</summary>
public sealed class ImapClient(Stream stream) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[] _buffer = new byte[4 * 1024];
    private int _start;
    private int _end;
    private int _tags;

    public Stream Stream => stream;

    /// <summary>Connects and logs in.</summary>
    public static async Task<ImapClient> LoginAsync(TestServer server, TestUser user)
    {
        var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var reply = await client.RunAsync($"LOGIN {user.Login} \"{ImapStack.Password}\"");
        return reply[^1].Contains(" OK ", StringComparison.Ordinal) ? client : throw new InvalidOperationException(reply[^1]);
    }

    public async Task SendAsync(string text)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask().WaitAsync(Patience);
        await stream.FlushAsync().WaitAsync(Patience);
    }

    /// <summary>The next line without CRLF; null at the end.</summary>
    public async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (await FillAsync())
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var length = found < 0 ? _end - _start : found + 1;
            line.Append(Encoding.Latin1.GetString(_buffer, _start, length));
            _start += length;
            if (found >= 0) return line.ToString().TrimEnd('\r', '\n');
        }

        return line.Length == 0 ? null : line.ToString();
    }

    /// <summary>Exactly so many octets, fewer at the end.</summary>
    public async Task<byte[]> ReadOctetsAsync(int count)
    {
        var octets = new byte[count];
        var length = 0;
        while (length < count && await FillAsync())
        {
            var piece = Math.Min(count - length, _end - _start);
            _buffer.AsSpan(_start, piece).CopyTo(octets.AsSpan(length));
            _start += piece;
            length += piece;
        }

        return octets[..length];
    }

    /// <summary>Sends a command and gives all lines up to its tagged reply (or the end of the connection), that reply last.</summary>
    public Task<List<string>> RunAsync(string command)
    {
        var tag = $"t{++_tags}";
        return RawAsync($"{tag} {command}\r\n", tag);
    }

    public async Task<List<string>> RawAsync(string text, string tag)
    {
        await SendAsync(text);
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(tag + " ", StringComparison.Ordinal)) break;
        }

        return lines;
    }

    public async Task<string> AppendAsync(string message, string arguments = "INBOX") =>
        (await RunAsync($"APPEND {arguments} {{{message.Length}+}}\r\n{message}"))[^1];

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async ValueTask<bool> FillAsync()
    {
        if (_start < _end) return true;
        _start = 0;
        try
        {
            _end = await stream.ReadAsync(_buffer).AsTask().WaitAsync(Patience);
        }
        catch (IOException)
        {
            _end = 0;
        }

        return _end > 0;
    }
}
