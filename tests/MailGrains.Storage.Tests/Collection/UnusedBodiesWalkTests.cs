using System.Collections.Frozen;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MailGrains.Storage.Tests.Collection;

public sealed class UnusedBodiesWalkTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly Table _table = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_unused_goes_but_what_somebody_retains()
    {
        _table.Add(100);
        var kept = _table.Bodies.Where((_, i) => i % 10 == 0).ToFrozenSet();

        var deleted = await Walk(new Retention(kept)).GoOnAsync(Minute, Cancellation);

        Assert.Equal(new DeletedBodies(90, 900), deleted);
        Assert.Equal(kept, _table.Bodies.ToFrozenSet());
    }

    [Fact]
    public async Task It_goes_on_where_it_was_when_its_time_was_over()
    {
        _table.Add(100);
        _table.Deleting = () => _time.Advance(Minute);
        var walk = Walk();
        for (var left = 96; left >= 0; left -= 4)
        {
            await walk.GoOnAsync(Minute, Cancellation);
            Assert.Equal(left, _table.Bodies.Count);
        }
    }

    [Fact]
    public async Task After_the_end_it_rests_and_then_begins_anew()
    {
        var walk = Walk();
        _table.Add(3);
        Assert.Equal(3, (await walk.GoOnAsync(Minute, Cancellation)).Count);
        _table.Add(3);
        Assert.Equal(0, (await walk.GoOnAsync(Minute, Cancellation)).Count);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, (await walk.GoOnAsync(Minute, Cancellation)).Count);
    }

    [Fact]
    public async Task Nothing_is_deleted_while_it_is_not_known_what_is_retained()
    {
        _table.Add(20);
        var walk = Walk(new Retention(null));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => walk.GoOnAsync(Minute, Cancellation));
        Assert.Equal(20, _table.Bodies.Count);
    }

    [Fact]
    public void What_may_be_counted_on_is_never_deleted() =>
        Assert.Equal(TimeSpan.FromHours(1), new UnusedBodiesOptions { UnusedFor = TimeSpan.Zero }.UnusedFor);

    private UnusedBodiesWalk Walk(params IBodyRetention[] retentions) =>
        new(_table, retentions, new UnusedBodiesOptions { Slice = 20, Batch = 4 }, _time);

    private sealed class Retention(IReadOnlySet<BlobId>? kept) : IBodyRetention
    {
        public ValueTask<IReadOnlySet<BlobId>> KeptAsync(IReadOnlyList<BlobId> bodies, CancellationToken cancellation) =>
            new(kept ?? throw new StoreUnavailableException("Not now."));
    }

    private sealed class Table : IUnusedBodies
    {
        private readonly SortedList<long, BlobId> _bodies = [];
        private long _last;

        public ICollection<BlobId> Bodies => _bodies.Values;

        public Action Deleting { get; set; } = () => { };

        public void Add(int count)
        {
            for (var i = 0; i < count; i++) _bodies.Add(++_last, BlobId.Of(BitConverter.GetBytes(_last)));
        }

        public Task<UnusedSlice> LookAsync(long after, int limit, TimeSpan unusedFor, CancellationToken cancellation)
        {
            var found = _bodies.Where(b => b.Key > after).Take(limit).Select(b => new UnusedBody(b.Key, b.Value)).ToList();
            return Task.FromResult(new UnusedSlice(found, found.Count > 0 ? found[^1].Position : null));
        }

        public Task<DeletedBodies> DeleteAsync(IReadOnlyList<BlobId> bodies, TimeSpan unusedFor, CancellationToken cancellation)
        {
            Deleting();
            var gone = _bodies.Where(b => bodies.Contains(b.Value)).Select(b => b.Key).ToList();
            gone.ForEach(key => _bodies.Remove(key));
            return Task.FromResult(new DeletedBodies(gone.Count, gone.Count * 10));
        }
    }
}
