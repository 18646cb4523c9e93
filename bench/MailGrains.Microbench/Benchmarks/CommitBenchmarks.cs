using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using MailGrains.Microbench.Host;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>
/// One durable 10 KB message, from its bytes to the end of its commit, with many mailboxes receiving one message after the other at the same time:
/// what stores and committer carry. 1 / Mean is messages a second.
/// </summary>
public class CommitBenchmarks : IAsyncDisposable
{
    private const int Messages = 4096;

    private readonly byte[] _sample = new SampleMessage().Bytes;
    private MailStores _stores = null!;
    private Committer _committer = null!;
    private BusyMailbox[] _mailboxes = null!;
    private long _number;

    [Params(StoreKind.SqlitePacks, StoreKind.PostgreSql)]
    public StoreKind Store { get; set; }

    [Params(32, 256)]
    public int Mailboxes { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _stores = await MailStores.OpenAsync(Store);
        _committer = new Committer(_stores.Mailboxes, _stores.Bodies, NullLogger<Committer>.Instance);
        _mailboxes = await Task.WhenAll(Enumerable.Range(0, Mailboxes).Select(
            async _ => new BusyMailbox(await _stores.Mailboxes.ClaimAsync(AccountId.New(TimeProvider.System), CancellationToken.None))));
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public Task DurableAsync() => Task.WhenAll(_mailboxes.Select(m => Task.Run(() => ReceiveAsync(m, Messages / Mailboxes))));

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _committer.DisposeAsync();
        await _stores.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task ReceiveAsync(BusyMailbox mailbox, int messages)
    {
        var bytes = (byte[])_sample.Clone();
        for (var i = 0; i < messages; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, Interlocked.Increment(ref _number));
            var blob = BlobId.Of(bytes);
            var body = await _stores.Bodies.AppendAsync(blob, bytes, CancellationToken.None);
            await _committer.CommitAsync(mailbox.Deliver(blob, body, TimeProvider.System.GetUtcNow()));
        }
    }
}
