using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace MailGrains.Bench.Client;

/// <summary>
/// The lightest IMAP client that is still one: sends a command, counts what comes back and skips literals until the tagged
/// reply. Not thread-safe. A NO or BAD is an <see cref="InvalidOperationException"/>: a refused command has no figure.
/// </summary>
internal sealed class ImapConnection : IDisposable
{
    private const int ReadBuffer = 256 * 1024;
    private const int NonSynchronisingLimit = 4096;
    private readonly Socket _socket;
    private readonly LineReader _reader;
    private byte[] _out = new byte[4096];
    private readonly byte[] _tag = new byte[8];
    private int _number;
    private bool _literalPlus;
    private bool _literalMinus;

    public ImapConnection(Endpoint endpoint, int readBuffer = ReadBuffer)
    {
        _socket = endpoint.Connect();
        _reader = new LineReader(_socket, readBuffer);
        var greeting = _reader.ReadLine();
        if (!greeting.StartsWith("* OK"u8))
            throw new InvalidOperationException("No IMAP greeting: " + Text(greeting));
        ReadCapabilities(greeting);
    }

    public long BytesReceived => _reader.Consumed;

    /// <summary>LOGIN, and CAPABILITY when the server did not tell by itself which literals it takes.</summary>
    public void LogIn(string user, string password)
    {
        LogInOnly(user, password);
        if (!_literalPlus)
            RunForLines("CAPABILITY");
    }

    public void LogInOnly(string user, string password) => Run($"LOGIN \"{user}\" \"{password}\"");

    /// <summary>Runs one command to its tagged OK.</summary>
    public Reply Run(string command)
    {
        Send(command);
        return ReadReply(null);
    }

    /// <summary>Runs one command and keeps the untagged lines (without literals' contents).</summary>
    public List<string> RunForLines(string command)
    {
        var lines = new List<string>();
        Send(command);
        ReadReply(lines);
        return lines;
    }

    /// <summary>Appends messages with one command (MULTIAPPEND when there are several), and waits for the OK.</summary>
    public void Append(string folder, params IReadOnlyList<(string Options, ReadOnlyMemory<byte> Message)> messages)
    {
        Prepare(64 + folder.Length);
        var length = StartCommand();
        length += Encoding.ASCII.GetBytes($"APPEND {folder}", _out.AsSpan(length));
        foreach (var (options, message) in messages)
        {
            var plus = _literalPlus || (_literalMinus && message.Length <= NonSynchronisingLimit);
            var prefix = $" {options}{(options.Length > 0 ? " " : "")}{{{message.Length}{(plus ? "+" : "")}}}\r\n";
            Prepare(length + prefix.Length + message.Length + 2);
            length += Encoding.ASCII.GetBytes(prefix, _out.AsSpan(length));
            if (!plus)
            {
                SendAll(length);
                AwaitContinuation();
                length = 0;
            }
            message.Span.CopyTo(_out.AsSpan(length));
            length += message.Length;
        }
        "\r\n"u8.CopyTo(_out.AsSpan(length));
        SendAll(length + 2);
        ReadReply(null);
    }

    /// <summary>Enters IDLE; returns when the server said that it waits.</summary>
    public void BeginIdle()
    {
        Send("IDLE");
        AwaitContinuation();
    }

    /// <summary>Waits in IDLE for an untagged EXISTS; other untagged responses are passed over.</summary>
    public void AwaitExists()
    {
        while (!_reader.ReadLine().EndsWith(" EXISTS\r\n"u8))
        {
        }
    }

    public void EndIdle()
    {
        _socket.Send("DONE\r\n"u8);
        ReadReply(null);
    }

    public void LogOut()
    {
        Run("LOGOUT");
        Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private void Send(string command)
    {
        Prepare(command.Length * 3 + 16);
        var length = StartCommand();
        length += Encoding.UTF8.GetBytes(command, _out.AsSpan(length));
        "\r\n"u8.CopyTo(_out.AsSpan(length));
        SendAll(length + 2);
    }

    private int StartCommand()
    {
        _number = (_number + 1) % 10_000;
        _out[0] = _tag[0] = (byte)'A';
        Utf8Formatter.TryFormat(_number + 10_000, _tag.AsSpan(1), out _);
        _tag[6] = (byte)' ';
        _tag.AsSpan(0, 7).CopyTo(_out);
        return 7;
    }

    private void Prepare(int capacity)
    {
        if (_out.Length < capacity)
            Array.Resize(ref _out, Math.Max(capacity, _out.Length * 2));
    }

    private void SendAll(int length)
    {
        for (var sent = 0; sent < length;)
            sent += _socket.Send(_out, sent, length - sent, SocketFlags.None);
    }

    private void AwaitContinuation()
    {
        while (true)
        {
            var line = _reader.ReadLine();
            if (line.StartsWith("+"u8))
                return;
            if (!line.StartsWith("*"u8))
                throw new InvalidOperationException("Expected a continuation, got: " + Text(line));
        }
    }

    private Reply ReadReply(List<string>? lines)
    {
        var (before, untagged, atStart) = (_reader.Consumed, 0, true);
        while (true)
        {
            var line = _reader.ReadLine();
            if (atStart && line.StartsWith(_tag.AsSpan(0, 7)))
            {
                ReadCapabilities(line);
                return line[7..].StartsWith("OK"u8)
                    ? new Reply(_reader.Consumed - before, untagged)
                    : throw new InvalidOperationException("The server refused: " + Text(line));
            }
            if (atStart)
                untagged++;
            if (lines is not null)
                KeepLine(lines, line, atStart);
            atStart = !EndsInLiteral(line, out var size);
            if (!atStart)
                _reader.Skip(size);
        }
    }

    private void KeepLine(List<string> lines, ReadOnlySpan<byte> line, bool atStart)
    {
        if (atStart)
            ReadCapabilities(line);
        if (atStart)
            lines.Add(Text(line));
        else
            lines[^1] += Text(line);
    }

    private static bool EndsInLiteral(ReadOnlySpan<byte> line, out long size)
    {
        size = 0;
        if (!line.EndsWith("}\r\n"u8))
            return false;
        var open = line.LastIndexOf((byte)'{');
        return open >= 0 && Utf8Parser.TryParse(line[(open + 1)..], out size, out var digits) && open + 1 + digits == line.Length - 3;
    }

    private void ReadCapabilities(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("CAPABILITY"u8) < 0)
            return;
        _literalPlus |= line.IndexOf("LITERAL+"u8) >= 0;
        _literalMinus |= line.IndexOf("LITERAL-"u8) >= 0;
    }

    private static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line).TrimEnd();
}
