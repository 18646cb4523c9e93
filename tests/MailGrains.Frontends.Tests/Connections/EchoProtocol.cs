using System.Buffers;
using System.Text;
using MailGrains.Frontends.Connections;

namespace MailGrains.Frontends.Tests.Connections;

/// <summary>
/// The smallest line protocol: echoes lines. LOGIN logs in, STARTTLS upgrades, INFO tells who is connected, FLOOD sends without end, WAIT waits for
/// <see cref="LineConnection.Wake"/>, FAIL throws.
/// </summary>
internal sealed class EchoProtocol : ILineProtocol
{
    private readonly TaskCompletionSource<LineConnection> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first connection, once it is served.</summary>
    public Task<LineConnection> Connected => _connected.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public string Service => "echo";

    public ReadOnlyMemory<byte> BusyReply => "busy\r\n"u8.ToArray();

    public async Task RunAsync(LineConnection connection)
    {
        _connected.TrySetResult(connection);
        Write(connection, "hello");
        await connection.FlushAsync();
        while (true)
        {
            var input = await connection.ReadAsync();
            if (connection.Stopping != SessionStop.None)
            {
                Write(connection, $"bye {connection.Stopping}");
                return;
            }

            if (input.IsCanceled)
                Write(connection, "woken");
            if (!TryReadLine(input.Buffer, out var line, out var next))
            {
                connection.AdvanceTo(input.Buffer.Start, input.Buffer.End);
                if (input.IsCompleted)
                    return;
                await connection.FlushAsync();
                continue;
            }

            connection.MarkCommand();
            if (line == "STARTTLS")
            {
                if (!await connection.StartTlsAsync(next, "go ahead\r\n"u8.ToArray()))
                    return;
                continue;
            }

            connection.AdvanceTo(next);
            if (line == "QUIT")
                return;
            await AnswerAsync(connection, line);
            await connection.FlushAsync();
        }
    }

    private static async Task AnswerAsync(LineConnection connection, string line)
    {
        switch (line)
        {
            case "LOGIN":
                connection.MarkAuthenticated("ann\r\nforged");
                Write(connection, "welcome");
                break;
            case "INFO":
                Write(connection, $"{connection.Info.Client} {connection.Info.Server} {connection.Info.Tls?.Protocol ?? "plain"}");
                break;
            case "FLOOD":
                while (true)
                {
                    Write(connection, new string('x', 1000));
                    if (connection.OutputIsFull)
                        await connection.FlushAsync();
                }

            case "FAIL":
                throw new InvalidOperationException("a mistake in the protocol");
            default:
                Write(connection, line);
                break;
        }
    }

    private static bool TryReadLine(in ReadOnlySequence<byte> input, out string line, out SequencePosition next)
    {
        var reader = new SequenceReader<byte>(input);
        var found = reader.TryReadTo(out ReadOnlySequence<byte> bytes, "\r\n"u8);
        line = Encoding.UTF8.GetString(bytes);
        next = reader.Position;
        return found;
    }

    private static void Write(LineConnection connection, string line) => connection.Output.Write(Encoding.UTF8.GetBytes(line + "\r\n"));
}
