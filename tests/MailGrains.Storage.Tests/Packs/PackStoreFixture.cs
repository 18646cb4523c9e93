using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Storage.Tests.Packs;

/// <summary>A pack store on a disk in memory.</summary>
internal sealed class PackStoreFixture(MemoryPackFiles disk, PackOptions? options = null, IBodyIndex? index = null) : IAsyncDisposable
{
    public static readonly PackOptions Small = new() { PackBytes = 64 << 10 };

    public PackBodyStore Store { get; } = new(disk, index ?? new DictionaryBodyIndex(), NullLogger<PackBodyStore>.Instance, options ?? Small);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<BodyLocator> AppendAsync(byte[] body) => await Store.AppendAsync(BlobId.Of(body), body, Cancellation);

    public Task FlushAsync() => Store.FlushAsync(Cancellation).AsTask();

    public async Task<byte[]> ReadAsync(byte[] body, BodyLocator locator)
    {
        using var lease = await Store.ReadAsync(BlobId.Of(body), locator, Cancellation);
        return lease.Memory.ToArray();
    }

    public async Task<List<ScrubbedRecord>> ScrubAsync()
    {
        var found = new List<ScrubbedRecord>();
        await foreach (var record in Store.ScrubAsync(Cancellation)) found.Add(record);
        return found;
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
