using MailGrains.Grains.Bodies;
using MailGrains.Grains.Contracts.Bodies;
using MailGrains.Grains.Mailboxes;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace MailGrains.Grains.Tests.Bodies;

/// <summary>Unused bodies are deleted in one place of the cluster, whoever asks for it.</summary>
public sealed class BodyCollectionTests : IAsyncLifetime
{
    private readonly Table _table = new();
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddMailboxGrains();
            silo.Services.AddBodyCollection(_table, TimeSpan.FromDays(3));
            silo.Services.AddSingleton<IBodyRetention>(new Hold(_table.Blobs[7]));
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Error));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task What_is_unused_goes_once_but_for_what_is_held()
    {
        await Task.WhenAll(_cluster.Silos.Select(silo =>
            _cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<IGrainFactory>().GetGrain<IBodyCollectionGrain>(0).RunAsync()));
        Assert.Equal([_table.Blobs[7]], _table.Left);
        Assert.Equal(1, _table.Walks);
    }

    private sealed class Hold(BlobId held) : IBodyRetention
    {
        public ValueTask<IReadOnlySet<BlobId>> KeptAsync(IReadOnlyList<BlobId> bodies, CancellationToken cancellation) =>
            new(bodies.Where(b => b == held).ToHashSet());
    }

    /// <summary>Twenty bodies that were unused for three days.</summary>
    private sealed class Table : IUnusedBodies
    {
        private int _walks;

        public Table() => Left = [.. Blobs];

        public IReadOnlyList<BlobId> Blobs { get; } = [.. Enumerable.Range(0, 20).Select(i => BlobId.Of([(byte)i]))];

        public List<BlobId> Left { get; }

        public int Walks => _walks;

        public async Task<UnusedSlice> LookAsync(long after, int limit, TimeSpan unusedFor, CancellationToken cancellation)
        {
            await Task.Yield();
            Assert.Equal(TimeSpan.FromDays(3), unusedFor);
            if (after >= 0) return new UnusedSlice([], null);
            Interlocked.Increment(ref _walks);
            return new UnusedSlice([.. Left.Select((b, i) => new UnusedBody(i, b))], Left.Count);
        }

        public Task<DeletedBodies> DeleteAsync(IReadOnlyList<BlobId> bodies, TimeSpan unusedFor, CancellationToken cancellation)
        {
            lock (Left) return Task.FromResult(new DeletedBodies(Left.RemoveAll(bodies.Contains), 0));
        }
    }
}
