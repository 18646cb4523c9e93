using MailGrains.Storage.Bodies;
using MailGrains.TestKit.Contracts;
using Xunit;

namespace MailGrains.Storage.Tests.Packs;

public sealed class PackDurabilityTests
{
    private static readonly byte[] Anna = SampleBodies.Text(3_000, 1);
    private static readonly byte[] Ben = SampleBodies.Noise(5_000, 2);
    private static readonly byte[] Cora = SampleBodies.Text(4_000, 3);

    private readonly MemoryPackFiles _disk = new();

    [Fact]
    public async Task A_flush_returns_only_after_the_disk_has_flushed_what_came_before_it()
    {
        await using var packs = new PackStoreFixture(_disk);
        using var gate = new FlushGate();
        _disk.Gate = gate;
        var anna = await packs.AppendAsync(Anna);
        var flush = packs.FlushAsync();
        await gate.ArrivedAsync();
        Assert.False(flush.IsCompleted);
        var ben = await packs.AppendAsync(Ben);
        var second = packs.FlushAsync();
        gate.Open();
        await flush;
        await AssertSurvives(Anna, anna);

        await gate.ArrivedAsync();
        Assert.False(second.IsCompleted);
        _disk.Gate = null;
        gate.Open();
        await second;
        await AssertSurvives(Ben, ben);
    }

    [Fact]
    public async Task Flushes_that_wait_together_share_one()
    {
        await using var packs = new PackStoreFixture(_disk);
        using var gate = new FlushGate();
        _disk.Gate = gate;
        await packs.AppendAsync(Anna);
        List<Task> flushes = [packs.FlushAsync()];
        await gate.ArrivedAsync();
        await packs.AppendAsync(Ben);
        flushes.AddRange(Enumerable.Range(0, 20).Select(_ => packs.FlushAsync()));
        gate.Open();
        await gate.ArrivedAsync();
        _disk.Gate = null;
        gate.Open();
        await Task.WhenAll(flushes);
        Assert.Equal(2, _disk.Flushes);
    }

    [Fact]
    public async Task A_flush_covers_every_pack_it_rolled_through()
    {
        await using var packs = new PackStoreFixture(_disk);
        var bodies = Enumerable.Range(10, 20).Select(seed => SampleBodies.Noise(20_000, seed)).ToArray();
        var locators = new List<BodyLocator>();
        foreach (var body in bodies) locators.Add(await packs.AppendAsync(body));
        await packs.FlushAsync();
        Assert.True(locators[^1].Pack > 3);
        for (var i = 0; i < bodies.Length; i++) await AssertSurvives(bodies[i], locators[i]);
    }

    [Fact]
    public async Task A_body_larger_than_a_pack_has_one_of_its_own()
    {
        await using var packs = new PackStoreFixture(_disk);
        var large = SampleBodies.Noise(200_000);
        await packs.AppendAsync(Anna);
        var locator = await packs.AppendAsync(large);
        var after = await packs.AppendAsync(Ben);
        await packs.FlushAsync();
        Assert.Equal((2, 3), (locator.Pack, after.Pack));
        Assert.Equal(large, await packs.ReadAsync(large, locator));
    }

    [Theory]
    [InlineData("flush")]
    [InlineData("write")]
    [InlineData("short write")]
    [InlineData("create")]
    public async Task After_a_failure_nothing_unflushed_is_acknowledged_and_new_bodies_are_stored_again(string what)
    {
        await using var packs = new PackStoreFixture(_disk);
        if (what != "create") await packs.AppendAsync(Anna);
        var kept = packs.FlushAsync();
        await kept;
        Break(what);
        var ben = await packs.AppendAsync(Ben);
        await Assert.ThrowsAsync<StoreUnavailableException>(packs.FlushAsync);
        Assert.True(packs.Store.IsLost(ben));
        var still = await packs.AppendAsync(Cora);
        await Assert.ThrowsAsync<StoreUnavailableException>(packs.FlushAsync);
        Assert.True(packs.Store.IsLost(still));

        Repair();
        var again = await packs.AppendAsync(Ben);
        Assert.NotEqual(ben, again);
        await packs.FlushAsync();
        Assert.False(packs.Store.IsLost(again));
        Assert.Equal(Ben, await packs.ReadAsync(Ben, again));
        await AssertSurvives(Ben, again);
        Assert.True(packs.Store.IsLost(ben));
        Assert.All(await packs.ScrubAsync(), record => Assert.Equal(Storage.Packs.ScrubOutcome.Intact, record.Outcome));
    }

    [Fact]
    public async Task Reads_work_while_nothing_can_be_written()
    {
        await using var packs = new PackStoreFixture(_disk);
        var anna = await packs.AppendAsync(Anna);
        await packs.FlushAsync();
        Break("flush");
        await packs.AppendAsync(Ben);
        await Assert.ThrowsAsync<StoreUnavailableException>(packs.FlushAsync);
        Assert.Equal(Anna, await packs.ReadAsync(Anna, anna));
        Assert.False(packs.Store.IsLost(anna));
        await AssertSurvives(Anna, anna);
    }

    [Fact]
    public async Task A_body_appended_while_a_flush_fails_is_lost_with_it()
    {
        await using var packs = new PackStoreFixture(_disk);
        using var gate = new FlushGate();
        _disk.Gate = gate;
        await packs.AppendAsync(Anna);
        var flush = packs.FlushAsync();
        await gate.ArrivedAsync();
        var ben = await packs.AppendAsync(Ben);
        Break("flush");
        _disk.Gate = null;
        gate.Open();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => flush);
        Repair();

        await Assert.ThrowsAsync<StoreUnavailableException>(packs.FlushAsync);
        Assert.True(packs.Store.IsLost(ben));
        await packs.FlushAsync();
    }

    [Fact]
    public async Task A_failure_of_writing_ahead_of_the_flush_is_told_by_the_flush()
    {
        await using var packs = new PackStoreFixture(_disk, PackStoreFixture.Small with { WriteBehindBytes = 1 });
        Break("write");
        var ben = await packs.AppendAsync(Ben);
        await Assert.ThrowsAsync<StoreUnavailableException>(packs.FlushAsync);
        Assert.True(packs.Store.IsLost(ben));
    }

    [Fact]
    public async Task Closing_flushes_and_refuses_what_comes_later()
    {
        var packs = new PackStoreFixture(_disk);
        var anna = await packs.AppendAsync(Anna);
        await packs.DisposeAsync();
        await AssertSurvives(Anna, anna);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => packs.AppendAsync(Ben));
        Assert.True(_disk[1].Length < PackStoreFixture.Small.PackBytes);
    }

    private async Task AssertSurvives(byte[] body, BodyLocator locator)
    {
        await using var next = new PackStoreFixture(_disk.AfterCrash());
        Assert.Equal(body, await next.ReadAsync(body, locator));
    }

    private void Break(string what)
    {
        var failure = new IOException(what);
        if (what == "flush") _disk.FailFlushes = failure;
        if (what == "create") _disk.FailCreates = failure;
        if (what is "write" or "short write") _disk.FailWrites = failure;
        _disk.WriteBeforeFailing = what == "short write" ? 1_000 : 0;
    }

    private void Repair() => _disk.FailCreates = _disk.FailFlushes = _disk.FailWrites = null;
}
