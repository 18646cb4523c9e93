using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MailGrains.Storage.Tests.Collection;

/// <summary>Silos on one database and one folder of packs: each collects what is its own, and what nobody owns any more.</summary>
public sealed class SharedPackCollectorTests(PostgresServer server) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(MailboxActor.Now);
    private PostgreSqlStore _store = null!;
    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = _database }, cancellation: Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_silo_collects_its_own_packs_and_others_read_on()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var (ours, theirs) = (await FillAsync(one, 0), await FillAsync(other, 100));
        var (before, last) = (other.Packs.Packs(), one.Packs.Packs()[^1]);
        var old = (await _store.FindAsync(BlobId.Of(ours[0]), Cancellation))!.Value;

        var report = await PassesAsync(one, 3);

        Assert.True(report is { Moved: > 0, Retired: > 0, Deleted: > 0 }, report.ToString());
        Assert.Equal(before, other.Packs.Packs());
        Assert.Contains(last.Pack, one.Packs.Packs().Select(p => p.Pack));
        await AssertReadsAsync(one, [.. ours, .. theirs]);
        await AssertReadsAsync(other, [.. ours, .. theirs]);

        // Whoever knows the old place learns that the body lies elsewhere now.
        Assert.NotEqual(old, await _store.FindAsync(BlobId.Of(ours[0]), Cancellation));
        await Assert.ThrowsAsync<BodyCorruptException>(() => other.Packs.ReadAsync(BlobId.Of(ours[0]), old, Cancellation).AsTask());
    }

    [Fact]
    public async Task Packs_of_a_silo_that_lives_are_left_to_it_and_of_one_that_is_gone_are_collected_but_for_the_last()
    {
        await using var other = await OpenAsync();
        var gone = await OpenAsync();
        var kept = await FillAsync(gone, 0);
        var packs = gone.Packs.Packs();
        Assert.Equal(default, await PassesAsync(other, 3));
        await gone.DisposeAsync();

        var report = await PassesAsync(other, 3);

        Assert.True(report is { Moved: > 0, Retired: > 0, Deleted: > 0 }, report.ToString());
        await AssertReadsAsync(other, kept);
        await using var successor = await OpenAsync();
        Assert.Equal(gone.Lane, successor.Lane);
        Assert.Equal([packs[^1].Pack], successor.Packs.Packs().Select(p => p.Pack));
        var locator = await successor.AppendAsync(CollectionStage.Body(999));
        Assert.True(locator.Pack > packs[^1].Pack);
    }

    [Fact]
    public async Task A_body_that_was_collected_is_stored_anew_wherever_it_is_delivered()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        await FillAsync(one, 0);
        await PassesAsync(one, 3);
        foreach (var silo in new[] { one, other })
        {
            var body = CollectionStage.Body(silo == one ? 1 : 2);
            Assert.Null(await _store.FindAsync(BlobId.Of(body), Cancellation));
            await DeliverAsync(silo, await MailboxAsync(), body);
            await AssertReadsAsync(one, [body]);
            await AssertReadsAsync(other, [body]);
        }
    }

    private Task<SharedPackSilo> OpenAsync() => Task.FromResult(new SharedPackSilo(_folder.Path, _store, _time));

    /// <summary>Some packs full of bodies, of which but a few are in use; returns those.</summary>
    private async Task<IReadOnlyList<byte[]>> FillAsync(SharedPackSilo silo, int from)
    {
        var bodies = Enumerable.Range(from, 40).Select(CollectionStage.Body).ToArray();
        var actor = await MailboxAsync();
        foreach (var body in bodies) await DeliverAsync(silo, actor, body);
        uint[] dead = [.. Enumerable.Range(1, 40).Where(uid => uid % 8 != 1).Select(uid => (uint)uid)];
        await _store.CommitAsync([actor.Expunge(FolderId.Inbox, dead)], Cancellation);
        await PostgresServer.ExecuteAsync(_database, "UPDATE mailgrains.body SET touched = touched - 2 * 3600 * 1000000::bigint");
        var forgotten = await _store.UnusedBodies.DeleteAsync([.. bodies.Select(b => BlobId.Of(b))], TimeSpan.FromHours(1), Cancellation);
        Assert.Equal(dead.Length, forgotten.Count);
        return [.. bodies.Where((_, i) => i % 8 == 0)];
    }

    private async Task<MailboxActor> MailboxAsync()
    {
        var actor = await MailboxActor.ClaimAsync(_store, new AccountId(Guid.NewGuid()));
        await _store.CommitAsync([actor.CreateFolder("INBOX")], Cancellation);
        return actor;
    }

    private async Task DeliverAsync(SharedPackSilo silo, MailboxActor actor, byte[] body) =>
        await _store.CommitAsync([actor.Deliver(FolderId.Inbox, body).At(await silo.AppendAsync(body))], Cancellation);

    private async Task<CollectionReport> PassesAsync(SharedPackSilo silo, int passes)
    {
        CollectionReport sum = default;
        for (var i = 0; i < passes; i++)
        {
            var report = await silo.Collector.RunAsync(Cancellation);
            sum = new(0, sum.Moved + report.Moved, sum.Retired + report.Retired, sum.Deleted + report.Deleted);
            _time.Advance(TimeSpan.FromHours(1));
        }

        return sum;
    }

    private async Task AssertReadsAsync(SharedPackSilo silo, IEnumerable<byte[]> bodies)
    {
        foreach (var body in bodies)
        {
            using var read = await silo.Packs.ReadAsync(_store, BlobId.Of(body), Cancellation);
            Assert.Equal(body, read!.Value.Memory.ToArray());
        }
    }
}
