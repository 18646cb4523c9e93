using MailGrains.Model;
using MailGrains.Storage.Bodies;
using Xunit;

namespace MailGrains.Storage.Tests.Collection;

public sealed class BodyCollectorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Space_of_bodies_nobody_refers_to_comes_back_when_their_time_is_over()
    {
        await using var stage = await FilledAsync(40);
        await stage.ExpungeAsync([.. stage.Uids.Where(uid => uid % 8 != 0)]);
        var full = stage.BytesOnDisk();
        Assert.Equal(0, (await stage.PassAsync(3)).Forgotten);
        Assert.Equal(full, stage.BytesOnDisk());
        Assert.InRange((await stage.Collector.ReadUsageAsync(Cancellation)).DeadBytes, 0, full / 10);

        stage.Time.Advance(CollectionStage.Due);
        var report = await stage.PassAsync(4);
        Assert.Equal(35, report.Forgotten);
        Assert.InRange(stage.BytesOnDisk(), 5_000, full / 2);
        Assert.NotEqual(0, report.Deleted);
        await stage.AssertWholeAsync();
        await stage.CrashAsync();
        await stage.AssertWholeAsync();
    }

    [Fact]
    public async Task A_body_somebody_retains_stays()
    {
        var held = CollectionStage.Body(3);
        await using var stage = await FilledAsync(20, new Hold(BlobId.Of(held)));
        await stage.ExpungeAsync([.. stage.Uids]);
        stage.Time.Advance(CollectionStage.Due);
        Assert.Equal(19, (await stage.PassAsync(4)).Forgotten);
        var locator = await ((IBodyIndex)stage.Catalog).FindAsync(BlobId.Of(held), Cancellation);
        using var lease = await stage.Packs.ReadAsync(BlobId.Of(held), locator!.Value, Cancellation);
        Assert.Equal(held, lease.Memory.ToArray());
    }

    [Fact]
    public async Task A_reader_that_knows_an_old_place_can_read_there_for_a_while()
    {
        await using var stage = await FilledAsync(20);
        var body = CollectionStage.Body(0);
        var old = (await ((IBodyIndex)stage.Catalog).FindAsync(BlobId.Of(body), Cancellation))!.Value;
        await stage.ExpungeAsync([.. stage.Uids.Skip(1)]);
        stage.Time.Advance(CollectionStage.Due);
        await stage.Collector.RunAsync(Cancellation);
        Assert.NotEqual(0, (await stage.Collector.RunAsync(Cancellation)).Retired);
        Assert.NotEqual(old, await ((IBodyIndex)stage.Catalog).FindAsync(BlobId.Of(body), Cancellation));
        (await stage.Packs.ReadAsync(BlobId.Of(body), old, Cancellation)).Dispose();

        await stage.PassAsync(2);
        await Assert.ThrowsAsync<BodyCorruptException>(() => stage.Packs.ReadAsync(BlobId.Of(body), old, Cancellation).AsTask());
        await stage.AssertWholeAsync();
    }

    [Fact]
    public async Task A_body_delivered_again_while_it_is_collected_is_there()
    {
        await using var stage = await FilledAsync(20);
        var body = CollectionStage.Body(0);
        await stage.ExpungeAsync([.. stage.Uids]);
        stage.Time.Advance(CollectionStage.Due);

        // Found in the index, forgotten, and only then committed: the place is good, and the compaction after it knows.
        var place = await stage.AppendAsync(body);
        Assert.Equal(20, (await stage.PassAsync()).Forgotten);
        await stage.CommitAsync(body, place);
        await stage.AssertWholeAsync();
        await stage.PassAsync(4);
        await stage.AssertWholeAsync();
    }

    [Fact]
    public async Task A_commit_that_comes_after_its_pack_was_retired_fails_and_its_repetition_succeeds()
    {
        await using var stage = await FilledAsync(20);
        var body = CollectionStage.Body(0);
        await stage.ExpungeAsync([.. stage.Uids]);
        stage.Time.Advance(CollectionStage.Due);
        var place = await stage.AppendAsync(body);
        Assert.NotEqual(0, (await stage.PassAsync(2)).Retired);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stage.CommitAsync(body, place));

        await stage.ClaimAgainAsync();
        var again = await stage.AppendAsync(body);
        Assert.NotEqual(place.Pack, again.Pack);
        await stage.CommitAsync(body, again);
        await stage.PassAsync(3);
        await stage.AssertWholeAsync();
    }

    [Fact]
    public async Task Small_bodies_that_come_again_after_long_keep_their_place_and_what_they_took_comes_back()
    {
        await using var stage = await FilledAsync(20);
        var once = stage.BytesOnDisk();
        var body = CollectionStage.Body(7);
        var place = await ((IBodyIndex)stage.Catalog).FindAsync(BlobId.Of(body), Cancellation);

        // A new process remembers none of them.
        await stage.CrashAsync();
        for (var i = 0; i < 20; i++) await stage.DeliverAsync(CollectionStage.Body(i));
        Assert.Equal(place, await ((IBodyIndex)stage.Catalog).FindAsync(BlobId.Of(body), Cancellation));
        Assert.InRange(stage.BytesOnDisk(), once * 3 / 2, once * 3);

        await stage.PassAsync(4);
        Assert.InRange(stage.BytesOnDisk(), 1, once * 3 / 2 - 1);
        await stage.AssertWholeAsync();
    }

    [Fact]
    public async Task A_damaged_body_keeps_its_pack()
    {
        await using var stage = await FilledAsync(12);
        var body = CollectionStage.Body(0);
        var place = (await ((IBodyIndex)stage.Catalog).FindAsync(BlobId.Of(body), Cancellation))!.Value;
        stage.Disk[place.Pack][place.Offset + 200] ^= 1;
        await stage.ExpungeAsync([.. stage.Uids.Skip(1)]);
        stage.Time.Advance(CollectionStage.Due);
        await stage.PassAsync(4);
        Assert.Equal(place, await ((IBodyIndex)stage.Catalog).FindAsync(BlobId.Of(body), Cancellation));
        Assert.Contains(place.Pack, stage.Disk.List());
    }

    [Fact]
    public async Task A_crash_between_any_two_steps_loses_nothing_and_the_next_pass_goes_on()
    {
        for (var step = 0; ; step++)
        {
            await using var stage = await FilledAsync(24);
            await stage.ExpungeAsync([.. stage.Uids.Where(uid => uid % 6 != 0)]);
            stage.Time.Advance(CollectionStage.Due);
            await stage.PassAsync();
            var ends = new EndingCatalog(step);
            await stage.CrashAsync(ends.Around);
            var ended = false;
            try
            {
                await stage.PassAsync(4);
            }
            catch (EndingCatalog.EndException)
            {
                ended = true;
            }

            await stage.CrashAsync();
            await stage.AssertWholeAsync();
            await stage.PassAsync(4);
            await stage.AssertWholeAsync();
            Assert.InRange(stage.BytesOnDisk(), 4_000, 18_000);
            if (ended) continue;
            Assert.True(step > 8);
            return;
        }
    }

    [Fact]
    public async Task Whatever_happens_in_whatever_order_nothing_is_lost()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            await using var stage = await CollectionStage.OpenAsync();
            var random = new Random(seed);
            var held = new Queue<(byte[] Body, BodyLocator Place)>();
            for (var step = 0; step < 80; step++)
            {
                var body = CollectionStage.Body(random.Next(30));
                switch (random.Next(10))
                {
                    case < 3:
                        await stage.DeliverAsync(body);
                        break;
                    case < 5:
                        held.Enqueue((body, await stage.AppendAsync(body)));
                        break;
                    case < 6 when held.TryDequeue(out var late):
                        await CommitLateAsync(stage, late.Body, late.Place);
                        break;
                    case < 8 when stage.Uids.Count > 0:
                        await stage.ExpungeAsync([.. stage.Uids.Where(_ => random.Next(3) > 0)]);
                        break;
                    case 9 when random.Next(4) == 0:
                        held.Clear();
                        await stage.CrashAsync();
                        break;
                    default:
                        stage.Time.Advance(CollectionStage.Due);
                        await stage.PassAsync();
                        break;
                }

                await stage.AssertWholeAsync();
            }
        }
    }

    private static async Task CommitLateAsync(CollectionStage stage, byte[] body, BodyLocator place)
    {
        try
        {
            await stage.CommitAsync(body, place);
        }
        catch (StoreUnavailableException)
        {
            await stage.ClaimAgainAsync();
            await stage.DeliverAsync(body);
        }
    }

    private static async Task<CollectionStage> FilledAsync(int messages, params IBodyRetention[] retentions)
    {
        var stage = await CollectionStage.OpenAsync(retentions);
        for (var i = 0; i < messages; i++) await stage.DeliverAsync(CollectionStage.Body(i));
        return stage;
    }

    private sealed class Hold(BlobId held) : IBodyRetention
    {
        public ValueTask<IReadOnlySet<BlobId>> KeptAsync(IReadOnlyList<BlobId> bodies, CancellationToken cancellation) => new(new HashSet<BlobId> { held });
    }
}
