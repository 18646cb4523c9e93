using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;
using MailGrains.Storage.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Storage.Tests.Collection;

/// <summary>What a silo has of packs that several share: a lane, a store of tiny packs, and its collector.</summary>
internal sealed class SharedPackSilo : IAsyncDisposable
{
    private readonly SharedPackFolder _files;

    public SharedPackSilo(string folder, PostgreSqlStore store, TimeProvider time)
    {
        _files = SharedPackFolder.Open(folder);
        var packs = new PackOptions { PackBytes = 8 << 10, Stride = SharedPackFolder.Lanes, Lane = _files.Lane };
        Packs = new PackBodyStore(_files, store, NullLogger<PackBodyStore>.Instance, packs);
        var options = new BodyCollectionOptions { BytesPerSecond = 0, Batch = 4 };
        Collector = new SharedPackCollector(Packs, _files, store.Packs, options, time, NullLogger<SharedPackCollector>.Instance);
    }

    public int Lane => _files.Lane;

    public PackBodyStore Packs { get; }

    public SharedPackCollector Collector { get; }

    public async Task<BodyLocator> AppendAsync(byte[] body)
    {
        var locator = await Packs.AppendAsync(BlobId.Of(body), body, CancellationToken.None);
        await Packs.FlushAsync(CancellationToken.None);
        return locator;
    }

    public async ValueTask DisposeAsync()
    {
        await Packs.DisposeAsync();
        _files.Dispose();
    }
}
