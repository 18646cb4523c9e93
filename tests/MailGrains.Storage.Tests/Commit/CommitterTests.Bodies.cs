using MailGrains.Storage.Bodies;
using Xunit;

namespace MailGrains.Storage.Tests.Commit;

/// <content>Bodies: flushed before their commits, and lost.</content>
public sealed partial class CommitterTests
{
    [Fact]
    public async Task Bodies_are_flushed_before_their_commit()
    {
        var task = Append(_anna);
        var flush = await _bodies.NextFlushAsync();
        Assert.True(_store.Idle);
        flush.SetResult();
        (await _store.NextAsync()).Commit();
        await task;
    }

    [Fact]
    public async Task The_next_bodies_are_flushed_while_a_transaction_runs_but_transactions_never_overlap()
    {
        var first = Append(_anna, modSeq: 1);
        (await _bodies.NextFlushAsync()).SetResult();
        var running = await _store.NextAsync();

        var second = Append(_anna, modSeq: 2);
        (await _bodies.NextFlushAsync()).SetResult();
        Assert.True(_store.Idle);
        running.Commit();
        await first;
        Assert.False(second.IsCompleted);

        (await _store.NextAsync()).Commit();
        await second;
        Assert.Equal(1, _store.MostAtOnce);
    }

    [Fact]
    public async Task A_failed_flush_fails_the_commits_with_bodies_and_what_builds_on_them()
    {
        var first = Flags(_anna, 1);
        var running = await _store.NextAsync();
        Task[] lost = [Append(_anna, 2), Flags(_anna, 3)];
        var flags = Flags(_ben, 4);
        var flush = await _bodies.NextFlushAsync();
        flush.SetException(new StoreUnavailableException("fsync"));
        running.Commit();
        await first;

        var transaction = await _store.NextAsync();
        Assert.Equal([4], transaction.Group.Select(commit => commit.Head.ModSeq));
        transaction.Commit();
        await flags;
        foreach (var task in lost) await Assert.ThrowsAsync<StoreUnavailableException>(() => task);
    }

    [Fact]
    public async Task A_body_lost_before_its_commit_was_handed_in_is_not_referred_to()
    {
        _bodies.Instant = true;
        _bodies.Lost.Add(new BodyLocator(7, 0, 1, 1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Append(_anna, 1, pack: 7));
        Assert.True(_store.Idle);
    }

    [Fact]
    public async Task A_body_that_was_lost_and_appended_again_is_asked_about_after_its_flush()
    {
        var body = new BodyLocator(7, 0, 1, 1);
        _bodies.Lost.Add(body);
        var task = Append(_anna, 1, pack: 7);
        var flush = await _bodies.NextFlushAsync();
        _bodies.Lost.Remove(body);
        flush.SetResult();
        (await _store.NextAsync()).Commit();
        await task;
    }
}
