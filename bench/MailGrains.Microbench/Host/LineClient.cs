using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace MailGrains.Microbench.Host;

/// <summary>A client that allocates nothing while it runs, so that what is measured is the server's.</summary>
public sealed class LineClient(IDuplexPipe pipe, Task session) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends, and reads lines until one begins with <paramref name="reply"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> reply)
    {
        await pipe.Output.WriteAsync(request);
        await ExpectAsync(reply);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ExpectAsync(ReadOnlyMemory<byte> reply)
    {
        while (true)
        {
            var result = await pipe.Input.ReadAsync();
            var found = Find(result.Buffer, reply.Span, out var consumed);
            pipe.Input.AdvanceTo(consumed, found ? consumed : result.Buffer.End);
            if (found) return;
            if (result.IsCompleted) throw new InvalidOperationException("The session ended without the reply that was expected.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await pipe.Output.CompleteAsync();
        await session.WaitAsync(Patience);
        await pipe.Input.CompleteAsync();
    }

    private static bool Find(in ReadOnlySequence<byte> input, ReadOnlySpan<byte> reply, out SequencePosition consumed)
    {
        var reader = new SequenceReader<byte>(input);
        while (true)
        {
            consumed = reader.Position;
            var matches = reader.IsNext(reply);
            if (!reader.TryAdvanceTo((byte)'\n')) return false;
            if (!matches) continue;
            consumed = reader.Position;
            return true;
        }
    }
}
