using MailGrains.Model;
using MailGrains.Storage.Bodies;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every body store does. A store is supported when it passes, and only then.</summary>
public abstract class BodyStoreContract : IAsyncLifetime
{
    private IBodyStore _store = null!;

    /// <summary>An empty store.</summary>
    protected abstract Task<IBodyStore> CreateAsync();

    public async ValueTask InitializeAsync() => _store = await CreateAsync();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_003)]
    [InlineData(10 << 20)]
    public async Task A_body_comes_back_byte_for_byte(int length)
    {
        foreach (var body in (byte[][])[SampleBodies.Text(length), SampleBodies.Noise(length)])
        {
            var (blob, locator) = await AppendAsync(body);
            await _store.FlushAsync(Cancellation);
            Assert.Equal(length, locator.Length);
            await AssertReadsAsync(blob, locator, body);
        }
    }

    [Fact]
    public async Task The_same_body_is_stored_once()
    {
        var body = SampleBodies.Text(5_000);
        var (_, first) = await AppendAsync(body);
        Assert.Equal(first, (await AppendAsync(body)).Locator);
        await _store.FlushAsync(Cancellation);
        Assert.Equal(first, (await AppendAsync(body)).Locator);
        Assert.NotEqual(first, (await AppendAsync(SampleBodies.Text(5_000, seed: 2))).Locator);
    }

    [Fact]
    public async Task The_same_body_appended_by_many_at_once_is_stored_once()
    {
        var body = SampleBodies.Text(100_000);
        var appended = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AppendAsync(body), Cancellation)));
        Assert.Single(appended.Distinct());
        await _store.FlushAsync(Cancellation);
        await AssertReadsAsync(appended[0].Blob, appended[0].Locator, body);
    }

    [Fact]
    public async Task An_append_has_done_with_the_callers_bytes_when_it_returns()
    {
        var body = SampleBodies.Noise(100_000);
        var lent = (byte[])body.Clone();
        var (blob, locator) = await AppendAsync(lent);
        Array.Clear(lent);
        await _store.FlushAsync(Cancellation);
        await AssertReadsAsync(blob, locator, body);
    }

    [Fact]
    public async Task Many_append_flush_and_read_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(worker => Task.Run(() => WorkAsync(worker), Cancellation)));

        async Task WorkAsync(int worker)
        {
            var kept = new List<(byte[] Body, BlobId Blob, BodyLocator Locator)>();
            for (var i = 0; i < 20; i++)
            {
                var seed = worker * 100 + i;
                var body = seed % 3 == 0 ? SampleBodies.Noise(seed * 7 + 1, seed) : SampleBodies.Text(seed * 11 + 1, seed);
                var (blob, locator) = await AppendAsync(body);
                await _store.FlushAsync(Cancellation);
                kept.Add((body, blob, locator));
                var (earlier, earlierBlob, earlierLocator) = kept[i / 2];
                await AssertReadsAsync(earlierBlob, earlierLocator, earlier);
            }
        }
    }

    [Fact]
    public async Task A_flush_with_nothing_to_do_succeeds()
    {
        await _store.FlushAsync(Cancellation);
        await _store.FlushAsync(Cancellation);
    }

    [Fact]
    public async Task What_was_flushed_is_not_lost()
    {
        var (_, locator) = await AppendAsync(SampleBodies.Text(100));
        await _store.FlushAsync(Cancellation);
        Assert.False(_store.IsLost(locator));
    }

    private async Task<(BlobId Blob, BodyLocator Locator)> AppendAsync(byte[] body)
    {
        var blob = BlobId.Of(body);
        return (blob, await _store.AppendAsync(blob, body, Cancellation));
    }

    private async Task AssertReadsAsync(BlobId blob, BodyLocator locator, byte[] body)
    {
        using var lease = await _store.ReadAsync(blob, locator, Cancellation);
        Assert.True(lease.Memory.Span.SequenceEqual(body), $"a body of {body.Length} octets came back as {lease.Memory.Length} others");
    }
}
