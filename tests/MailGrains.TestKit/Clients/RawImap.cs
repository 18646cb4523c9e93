using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MailGrains.TestKit.Clients;

/// <summary>An IMAP client that hides nothing: commands out, responses in. A closed connection is an <see cref="IOException"/>.</summary>
internal sealed class RawImap : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly RawReader _reader;
    private int _number;

    private RawImap(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _reader = new RawReader(_stream);
    }

    public static async Task<RawImap> ConnectAsync(int port, CancellationToken cancellation)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellation);
            var imap = new RawImap(client);
            var greeting = await imap._reader.LineAsync(cancellation);
            return greeting.StartsWith("* OK", StringComparison.Ordinal) ? imap : throw new RefusedException(greeting);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public static async Task<RawImap> LoggedInAsync(int port, string user, string password, CancellationToken cancellation)
    {
        var imap = await ConnectAsync(port, cancellation);
        try
        {
            (await imap.RunAsync($"LOGIN \"{user}\" \"{password}\"", cancellation)).Ok();
            return imap;
        }
        catch
        {
            imap.Dispose();
            throw;
        }
    }

    public async Task<RawImapReply> RunAsync(string command, CancellationToken cancellation)
    {
        var tag = NextTag();
        await _stream.WriteAsync(Encoding.Latin1.GetBytes($"{tag} {command}\r\n"), cancellation);
        return await ReplyAsync(tag, cancellation);
    }

    public async Task<RawImapReply> AppendAsync(string folder, string flags, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        var tag = NextTag();
        await _stream.WriteAsync(Encoding.Latin1.GetBytes($"{tag} APPEND \"{folder}\" ({flags}) {{{message.Length}}}\r\n"), cancellation);
        var untagged = new List<RawImapLine>();
        while (true)
        {
            var line = await ResponseAsync(cancellation);
            if (line.Text.StartsWith(tag, StringComparison.Ordinal)) return new RawImapReply(line.Text[(tag.Length + 1)..], untagged);
            if (line.Text.StartsWith('+')) break;
            untagged.Add(line);
        }

        await _stream.WriteAsync(message, cancellation);
        await _stream.WriteAsync("\r\n"u8.ToArray(), cancellation);
        return await ReplyAsync(tag, cancellation);
    }

    /// <summary>Sends a line as it is, with a tag of the caller's.</summary>
    public async Task SendLineAsync(string line, CancellationToken cancellation) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), cancellation);

    /// <summary>Enters IDLE; what comes then is read with <see cref="ResponseAsync"/>.</summary>
    public async Task BeginIdleAsync(CancellationToken cancellation)
    {
        await _stream.WriteAsync(Encoding.Latin1.GetBytes($"{NextTag()} IDLE\r\n"), cancellation);
        while (!(await ResponseAsync(cancellation)).Text.StartsWith('+'))
        {
        }
    }

    /// <summary>The next response, whether a command is under way or not.</summary>
    public async Task<RawImapLine> ResponseAsync(CancellationToken cancellation)
    {
        var text = await _reader.LineAsync(cancellation);
        var literals = new List<byte[]>();
        while (LiteralAtEnd(text) is { } length)
        {
            literals.Add(await _reader.OctetsAsync(length, cancellation));
            text += await _reader.LineAsync(cancellation);
        }

        return new RawImapLine(text, literals);
    }

    public void Dispose() => _client.Dispose();

    private string NextTag() => string.Create(CultureInfo.InvariantCulture, $"t{++_number}");

    private async Task<RawImapReply> ReplyAsync(string tag, CancellationToken cancellation)
    {
        var untagged = new List<RawImapLine>();
        while (true)
        {
            var line = await ResponseAsync(cancellation);
            if (line.Text.StartsWith(tag + " ", StringComparison.Ordinal)) return new RawImapReply(line.Text[(tag.Length + 1)..], untagged);
            untagged.Add(line);
        }
    }

    private static int? LiteralAtEnd(string text)
    {
        if (!text.EndsWith('}')) return null;
        var open = text.LastIndexOf('{');
        var digits = text.AsSpan(open + 1, text.Length - open - 2);
        return open >= 0 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
    }
}
