using System.Diagnostics;
using MailGrains.Storage.Sqlite.GrainState;
using MailGrains.TestKit;
using Orleans.Hosting;
using Orleans.TestingHost;
using Xunit;

namespace MailGrains.Storage.Tests.GrainState;

public sealed class GatedSqliteDataSourceTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private GatedSqliteDataSource _source = null!;
    private InProcessTestCluster _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _source = GatedSqliteDataSource.Open(Path.Combine(_folder.Path, "state.db"));
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddAdoNetGrainStorage("settings", options =>
        {
            options.Invariant = GatedSqliteDataSource.Invariant;
            options.DataSource = _source;
        }));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _source.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task State_is_written_read_and_cleared()
    {
        foreach (var key in new[] { "alice@example.org", "Ünïcode ü", new string('k', 400) })
        {
            var grain = _cluster.Client.GetGrain<INoteGrain>(key);
            Assert.Null(await grain.ReadAsync());
            await grain.WriteAsync("one");
            await grain.WriteAsync("two " + key);
            Assert.Equal("two " + key, await grain.ReadAsync());
            await grain.ClearAsync();
            Assert.Null(await grain.ReadAsync());
            await grain.WriteAsync("again");
            Assert.Equal("again", await grain.ReadAsync());
            await grain.ClearAsync();
            await grain.WriteAsync("without reading first");
            Assert.Equal("without reading first", await grain.ReadAsync());
        }
    }

    [Fact]
    public async Task An_overtaken_writer_is_refused()
    {
        var grain = _cluster.Client.GetGrain<INoteGrain>("contested");
        await grain.WriteAsync("one");
        var old = await grain.ETagAsync();
        await grain.WriteAsync("two");

        Assert.True(await grain.IsRefusedAsync(old));
        Assert.True(await grain.IsRefusedAsync(null));
        Assert.True(await grain.IsRefusedAsync("99"));
        Assert.True(await grain.IsClearRefusedAsync(old!));
        Assert.True(await _cluster.Client.GetGrain<INoteGrain>("never written").IsRefusedAsync("1"));
        Assert.Equal("two", await grain.ReadAsync());
    }

    [Fact]
    public async Task Many_grains_write_at_once_and_each_finds_its_last_write()
    {
        const int Grains = 32, Rounds = 40;
        var slowest = await Task.WhenAll(Enumerable.Range(0, Grains).Select(async i =>
        {
            var grain = _cluster.Client.GetGrain<INoteGrain>($"grain {i}");
            await grain.WriteAsync("first, with everything still cold");
            var worst = TimeSpan.Zero;
            for (var round = 0; round < Rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                await grain.WriteAsync($"{i} {round}");
                worst = TimeSpan.FromTicks(Math.Max(worst.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
            }

            Assert.Equal($"{i} {Rounds - 1}", await grain.ReadAsync());
            return worst;
        }));

        TestContext.Current.TestOutputHelper?.WriteLine($"slowest write of {Grains * Rounds}: {slowest.Max().TotalMilliseconds:F1} ms");
    }

    [Fact]
    public async Task One_connection_is_open_at_a_time_and_the_next_waits_without_a_thread()
    {
        var first = await _source.OpenConnectionAsync(Cancellation);
        var second = _source.OpenConnectionAsync(Cancellation).AsTask();
        using var impatient = new CancellationTokenSource();
        var third = _source.OpenConnectionAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.False(second.IsCompleted);

        await first.CloseAsync();
        await first.DisposeAsync();
        await using (await second)
        {
            using var command = (await second).CreateCommand();
            command.CommandText = "PRAGMA synchronous";
            Assert.Equal(2L, await command.ExecuteScalarAsync(Cancellation));
        }

        await using var last = await _source.OpenConnectionAsync(Cancellation);
    }
}
