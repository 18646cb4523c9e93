using MailGrains.Model;
using MailGrains.Storage.Sqlite;
using MailGrains.Storage.Subscribers;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MailGrains.Storage.Tests.Sqlite;

/// <summary>Steps of subscribers in the transactions of mail.</summary>
public sealed class SqliteSubscriberStepTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SqliteMailboxStore _store = null!;
    private MailboxActor _mailbox = null!;
    private int _transactions;
    private volatile bool _failing;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>No step takes a transaction of its own: who waits for one waits for mail.</summary>
    public async ValueTask InitializeAsync()
    {
        _store = SqliteMailboxStore.Open(new() { Folder = _folder.Path, StepPatience = TimeSpan.FromHours(1), BeforeCommit = BeforeCommit });
        _mailbox = await MailboxActor.ClaimAsync(_store, new AccountId(Guid.NewGuid()));
        await _store.CommitAsync([_mailbox.CreateFolder("INBOX")], Cancellation);
        await _store.Subscribers.StartSubscriberAsync("audit", 0, 0, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Steps_ride_along_with_the_next_mail()
    {
        var steps = new[] { StepAsync(0, 7), StepAsync(5, 9), StepAsync(7, 8) };
        Assert.All(steps, step => Assert.False(step.IsCompleted));
        var before = _transactions;

        await DeliverAsync();
        Assert.Equal([AdvanceOutcome.Advanced, AdvanceOutcome.Elsewhere, AdvanceOutcome.Advanced], await Task.WhenAll(steps));
        Assert.Equal(before + 1, _transactions);
        Assert.Equal(8, await PositionAsync());
    }

    [Fact]
    public async Task Mail_that_can_not_be_written_takes_no_step_with_it()
    {
        var step = StepAsync(0, 7);
        _failing = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(DeliverAsync);

        Assert.Equal(AdvanceOutcome.Advanced, await step);
        Assert.Equal(7, await PositionAsync());
    }

    [Fact]
    public async Task A_step_that_the_database_refuses_takes_no_mail_with_it()
    {
        // No column takes a dead letter without an error.
        var refused = StepAsync(0, 7, new DeadLetter("audit", 0, 7, null!, 1, DateTimeOffset.UnixEpoch));
        await DeliverAsync();

        await Assert.ThrowsAsync<SqliteException>(() => refused);
        Assert.Equal(0, await PositionAsync());
        Assert.Equal(2, (await _store.ReadMailboxAsync(_mailbox.Account, 0, 100, Cancellation)).Count);
    }

    private Task<AdvanceOutcome> StepAsync(long from, long to, DeadLetter? dead = null) =>
        _store.Subscribers.AdvanceAsync(new SubscriberAdvance("audit", 0, from, to, dead), Cancellation);

    private async Task<long?> PositionAsync() => (await _store.Subscribers.FindSubscriberAsync("audit", 0, Cancellation))?.Position;

    private async Task DeliverAsync() => Assert.Single(await _store.CommitAsync([_mailbox.Deliver(FolderId.Inbox)], Cancellation));

    private void BeforeCommit()
    {
        Interlocked.Increment(ref _transactions);
        if (!_failing) return;
        _failing = false;
        throw new IOException("fsync");
    }
}
