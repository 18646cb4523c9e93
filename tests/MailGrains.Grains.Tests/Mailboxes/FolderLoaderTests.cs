using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.InMemory;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Grains.Tests.Mailboxes;

public sealed class FolderLoaderTests : IAsyncDisposable
{
    private readonly AccountId _account = AccountId.New(TimeProvider.System);
    private readonly InMemoryMailboxStore _store = new();
    private readonly Committer _committer;
    private readonly CommitPipeline _pipeline;
    private readonly FolderLoader _loader;

    public FolderLoaderTests()
    {
        _committer = new Committer(_store, new InMemoryBodyStore(), NullLogger<Committer>.Instance);
        _pipeline = new CommitPipeline(_account, _store, _committer, NullLogger.Instance);
        _loader = new FolderLoader(_account, _store, _pipeline, _pipeline.ClaimAsync, NullLogger.Instance);
    }

    public ValueTask DisposeAsync() => _committer.DisposeAsync();

    [Fact]
    public Task Folders_nobody_has_open_leave_memory_and_come_back_when_asked_for() => InTurnsAsync(async () =>
    {
        await FillAsync(1000);
        _loader.Trim(_ => false);
        Assert.Equal(1000, Inbox.Messages.Count);
        _loader.Trim(_ => true);
        Assert.Equal(1000, Inbox.Messages.Count);
        _loader.Trim(_ => false);
        Assert.Equal(0, Inbox.Messages.Count);
        Assert.False(Inbox.Messages.IsComplete);

        while (_loader.Tail(FolderId.Inbox) is { } loading) await loading;
        Assert.InRange(Inbox.Messages.Count, 1, 128);
        await FillAsync(1);
        while (_loader.Whole(FolderId.Inbox) is { } loading) await loading;
        Assert.Equal(Enumerable.Range(1, 1001).Select(i => (uint)i), Inbox.Messages.Pages().SelectMany(p => p.Uids));
        Assert.Same(_pipeline.Head!.Folders[FolderId.Inbox], Inbox);
    });

    [Fact]
    public Task What_is_loaded_while_a_commit_is_under_way_is_there_after_it() => InTurnsAsync(async () =>
    {
        await FillAsync(1000);
        await _pipeline.ClaimAsync();
        _loader.Trim(_ => false);
        _loader.Trim(_ => false);
        while (_loader.Tail(FolderId.Inbox) is { } loading) await loading;
        var committing = FillAsync(1);
        while (_loader.WholePublished(FolderId.Inbox) is { } loading) await loading;
        await committing;
        Assert.True(Inbox.Messages.IsComplete);
        Assert.Equal(1001, Inbox.Messages.Count);
        Assert.True(_pipeline.Head!.Folders[FolderId.Inbox].Messages.IsComplete);
    });

    [Fact]
    public Task A_mailbox_that_was_taken_over_is_refused() => InTurnsAsync(async () =>
    {
        await FillAsync(1);
        await _store.ClaimAsync(_account, CancellationToken.None);
        var failure = await Assert.ThrowsAsync<MailboxException>(() => FillAsync(1));
        Assert.Equal(MailboxError.Moved, failure.Error);
        Assert.Equal(MailboxError.Moved, (await Assert.ThrowsAsync<MailboxException>(() => FillAsync(1))).Error);
    });

    /// <summary>One thing at a time, as a grain does.</summary>
    private static Task InTurnsAsync(Func<Task> test) => Task.Factory.StartNew(
        test, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    private FolderState Inbox => _pipeline.Published!.Folders[FolderId.Inbox];

    private async Task FillAsync(int messages)
    {
        while (_loader.Claimed() is { } claiming) await claiming;
        var turn = new MailboxTurn(
            _pipeline.Head!, _account, _pipeline.Epoch,
            new TurnOrigin(SessionId.None, TurnOrigin.Administration, TimeProvider.System.GetUtcNow()), new MailboxLimits());
        if (turn.State.Folders.IsEmpty) FolderTurn.CreateMailbox(turn);
        while (_loader.Tail(FolderId.Inbox) is { } loading) await loading;
        var inbox = turn.Folder(FolderId.Inbox);
        ArrivalTurn.Enter(turn, inbox, FolderMessagesTests.Entries(inbox.Row.UidNext, messages, turn.ModSeq));
        await _pipeline.CommitAsync(turn);
    }
}
