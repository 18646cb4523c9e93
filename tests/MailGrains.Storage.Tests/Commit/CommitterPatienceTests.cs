using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MailGrains.Storage.Tests.Commit;

/// <summary>A store that does not answer: who waits for it is told in good time that nothing was done, and nothing is done later.</summary>
public sealed class CommitterPatienceTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedMailboxStore _store = new();
    private readonly ScriptedBodyStore _bodies = new();
    private readonly CommitterLimits _limits = new(Commits: 4);
    private readonly Committer _committer;
    private readonly AccountId _anna = new(Guid.CreateVersion7());
    private readonly AccountId _ben = new(Guid.CreateVersion7());

    public CommitterPatienceTests() => _committer = new Committer(_store, _bodies, NullLogger<Committer>.Instance, _time, _limits);

    public async ValueTask DisposeAsync()
    {
        _store.Release();
        _bodies.Release();
        await _committer.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_behind_a_transaction_without_end_fails_in_good_time_and_is_never_sent()
    {
        var first = Flags(_anna, 1);
        var running = await _store.NextAsync();
        Task[] late = [.. Enumerable.Range(1, 6).Select(modSeq => Flags(_ben, modSeq))];
        var append = _committer.CommitAsync(Commits.MakeAppend(_ben, 7, new BodyLocator(1, 0, 1, 1)));
        _bodies.Release();

        await WhileTimePassesAsync(Task.WhenAll([.. late, append]).ContinueWith(_ => { }, TaskScheduler.Default));
        foreach (var refused in (Task[])[.. late, append]) await Assert.ThrowsAsync<StoreUnavailableException>(() => refused);
        Assert.False(first.IsCompleted);

        running.Commit();
        await first;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Flags(_ben, 8));
        await AssertNextAsync(Flags(_ben, 1, epoch: 2), epoch: 2);
    }

    [Fact]
    public async Task Behind_a_transaction_of_its_own_mailbox_it_waits_for_that_and_fails_then()
    {
        var first = Flags(_anna, 1);
        var running = await _store.NextAsync();
        var (own, other) = (Flags(_anna, 2), Flags(_ben, 3));
        await WhileTimePassesAsync(other.ContinueWith(_ => { }, TaskScheduler.Default));
        Assert.False(own.IsCompleted);

        running.Commit();
        await first;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => own);
        await AssertNextAsync(Flags(_anna, 2, epoch: 2), epoch: 2);
    }

    [Fact]
    public async Task What_has_not_waited_for_long_is_sent_after_all()
    {
        var first = Flags(_anna, 1);
        var running = await _store.NextAsync();
        _time.Advance(_limits.Patience);
        var queued = Flags(_ben, 2);
        running.Commit();
        await first;
        await AssertNextAsync(queued, epoch: 1);
    }

    [Fact]
    public async Task A_committer_that_ends_does_not_wait_for_a_store_without_an_answer_and_says_that_the_outcome_is_not_known()
    {
        var first = Flags(_anna, 1);
        await _store.NextAsync();
        await WhileTimePassesAsync(_committer.DisposeAsync().AsTask());
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => first);
    }

    [Fact]
    public async Task In_a_process_that_ends_it_goes_on_but_does_not_wait_for_a_store_without_an_answer()
    {
        _committer.Leave();
        var done = Flags(_ben, 1);
        (await _store.NextAsync()).Commit();
        await done;

        var stuck = Flags(_anna, 1);
        await _store.NextAsync();
        await WhileTimePassesAsync(stuck.ContinueWith(_ => { }, TaskScheduler.Default));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => stuck);
    }

    private Task Flags(AccountId account, long modSeq, long epoch = 1) => _committer.CommitAsync(Commits.Make(account, modSeq, epoch));

    private async Task AssertNextAsync(Task commit, long epoch)
    {
        var next = await _store.NextAsync();
        Assert.Equal([epoch], next.Group.Select(c => c.Epoch));
        next.Commit();
        await commit;
    }

    private async Task WhileTimePassesAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await task;
    }
}
