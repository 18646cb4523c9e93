using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Mailstores;

/// <summary>Reads the server's export: a line of JSON before each message, then the message's octets.</summary>
internal static class ExportStream
{
    public static async IAsyncEnumerable<(ExportedMessage Message, byte[] Octets)> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream);
        while (await ReadHeaderAsync(reader, cancellation) is { } header)
            yield return (header, await ReadOctetsAsync(reader, (int)(header.Size ?? 0), cancellation));
        await reader.CompleteAsync();
    }

    private static async Task<ExportedMessage?> ReadHeaderAsync(PipeReader reader, CancellationToken cancellation)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellation);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = result.Buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                return JsonSerializer.Deserialize<ExportedMessage>(line, JsonSerializerOptions.Web);
            }

            if (result.IsCompleted) return result.Buffer.IsEmpty ? null : throw Broken();
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static async Task<byte[]> ReadOctetsAsync(PipeReader reader, int count, CancellationToken cancellation)
    {
        if (count == 0) return [];
        var result = await reader.ReadAtLeastAsync(count, cancellation);
        if (result.Buffer.Length < count) throw Broken();
        var octets = result.Buffer.Slice(0, count).ToArray();
        reader.AdvanceTo(result.Buffer.GetPosition(count));
        return octets;
    }

    private static CommandFailedException Broken() => new(ExitCode.Failed, "The server's answer ended in the middle of a message.");
}
