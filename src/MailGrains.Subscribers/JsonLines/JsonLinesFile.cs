using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Events;
using MailGrains.Storage.Files;

namespace MailGrains.Subscribers.JsonLines;

/// <summary>A file of lines, open for writing by one at a time. Whatever stands behind the last line end was torn by a crash and is cut off.</summary>
internal sealed class JsonLinesFile : IDisposable
{
    private const int Chunk = 4 << 10;
    private const byte LineEnd = (byte)'\n';

    /// <summary>One writer at a time: on Unix .NET locks out other writers only together with readers (of .NET).</summary>
    private static readonly FileShare Sharing = OperatingSystem.IsWindows() ? FileShare.Read | FileShare.Delete : FileShare.None;

    private static readonly byte[] RedrivenEnd = "\"redriven\":true}"u8.ToArray();
    private static readonly byte[] PositionName = "\"position\":"u8.ToArray();

    private readonly FileStream _stream;
    private readonly bool _isNew;

    private JsonLinesFile(FileStream stream)
    {
        _stream = stream;
        _isNew = stream.Length == 0;
    }

    public long Length => _stream.Length;

    /// <summary>The position of the last line that was not redriven; null: there is none.</summary>
    public long? LastPosition { get; private set; }

    /// <exception cref="IOException">Another has it open for writing.</exception>
    public static JsonLinesFile Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = Sharing, BufferSize = 0 };
        var file = new JsonLinesFile(new FileStream(path, options.Private()));
        try
        {
            file.FindEnd();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is a line with this position.</summary>
    public static bool Contains(Stream lines, int partition, long position)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"{{\"partition\":{partition},\"position\":{position},");
        lines.Seek(0, SeekOrigin.Begin);
        using var reader = new StreamReader(lines, leaveOpen: true);
        while (reader.ReadLine() is { } line)
            if (line.StartsWith(start, StringComparison.Ordinal)) return true;
        return false;
    }

    public bool Contains(int partition, long position) => Contains(_stream, partition, position);

    /// <inheritdoc cref="LineSearch.Agree"/>
    public bool Agrees(IReadOnlyList<EventRecord> events) => LineSearch.Agree(_stream, events);

    /// <summary>Adds a line for each; when it returns they are on the disk.</summary>
    /// <param name="summaries">Of messages that came, where lines show them.</param>
    public void Append(IReadOnlyList<EventRecord> events, IReadOnlyDictionary<BlobId, MessageSummary> summaries, bool redriven)
    {
        // Also without a new line: those that are there may not have been flushed before the crash.
        var lines = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(lines);
        foreach (var one in events)
        {
            WriteLine(json, one, summaries, redriven);
            lines.Write([LineEnd]);
            json.Reset();
        }

        _stream.Seek(0, SeekOrigin.End);
        _stream.Write(lines.WrittenSpan);
        _stream.Flush(flushToDisk: true);
        if (_isNew) DiskSync.FlushDirectory(Path.GetDirectoryName(_stream.Name)!);
        if (!redriven && events.Count > 0) LastPosition = events[^1].Position;
    }

    public void Dispose() => _stream.Dispose();

    private static void WriteLine(Utf8JsonWriter json, EventRecord one, IReadOnlyDictionary<BlobId, MessageSummary> summaries, bool redriven)
    {
        json.WriteStartObject();
        json.WriteNumber("partition"u8, one.Partition);
        json.WriteNumber("position"u8, one.Position);
        json.WriteNumber("sequence"u8, one.Event.Sequence);
        json.WriteString("hash"u8, one.Event.Hash.ToString());
        json.WritePropertyName("event"u8);

        // What the log has was written as JSON; it is not parsed on the way.
        json.WriteRawValue(one.Event.Payload.Span, skipInputValidation: true);
        ArrivedMessages.WriteStructures(json, one, summaries);
        if (redriven) json.WriteBoolean("redriven"u8, true);
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>From the end backwards: cuts off what is torn, then looks for the last line that was not redriven.</summary>
    private void FindEnd()
    {
        var end = LineEndBefore(_stream.Length) + 1;
        if (end < _stream.Length) _stream.SetLength(end);
        while (end > 0)
        {
            var start = LineEndBefore(end - 1) + 1;
            var line = new byte[end - 1 - start];
            RandomAccess.Read(_stream.SafeFileHandle, line, start);
            if (!line.AsSpan().EndsWith(RedrivenEnd))
            {
                LastPosition = PositionOf(line);
                return;
            }

            end = start;
        }
    }

    /// <summary>Where the last line end in front of an offset is; -1: nowhere.</summary>
    private long LineEndBefore(long offset)
    {
        var buffer = new byte[Chunk];
        while (offset > 0)
        {
            var length = (int)Math.Min(Chunk, offset);
            RandomAccess.Read(_stream.SafeFileHandle, buffer.AsSpan(0, length), offset - length);
            var found = buffer.AsSpan(0, length).LastIndexOf(LineEnd);
            if (found >= 0) return offset - length + found;
            offset -= length;
        }

        return -1;
    }

    private long PositionOf(ReadOnlySpan<byte> line)
    {
        var at = line.IndexOf(PositionName);
        var digits = at < 0 ? default : line[(at + PositionName.Length)..];
        return digits.IndexOf((byte)',') is > 0 and var length && long.TryParse(digits[..length], CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new IOException($"The last line of {_stream.Name} is not of this program: '{Encoding.UTF8.GetString(line[..Math.Min(line.Length, 80)])}'.");
    }
}
