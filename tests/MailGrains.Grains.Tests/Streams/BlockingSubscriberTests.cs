using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using static MailGrains.Grains.Tests.Mailboxes.TestMailbox;

namespace MailGrains.Grains.Tests.Streams;

public sealed class BlockingSubscriberTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    private readonly RecordingHandler _archive = new("archive");

    [Fact]
    public async Task An_answer_comes_when_the_event_is_handled_and_not_before()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _archive.Before = (batch, _) =>
        {
            if (batch.Events.All(e => e.Event.Type != "MessageNew")) return Task.CompletedTask;
            reached.TrySetResult();
            return go.Task;
        };
        await using var cluster = await BlockingCluster.StartAsync(Blocking(Long, TimeoutAnswer.Refuse));
        var mailbox = cluster.NewMailbox();

        var delivery = mailbox.DeliverAsync(Delivery());
        await reached.Task;

        // The mailbox itself doesn't wait: it answers others and takes changes that nobody blocks for.
        Assert.Equal(1, await BlockingCluster.MessagesAsync(mailbox));
        await mailbox.CreateFolderAsync(SessionId.None, "new", null).WaitAsync(Long, TestContext.Current.CancellationToken);
        await cluster.NewMailbox(partition: 1).CreateFolderAsync(SessionId.None, "new", null);
        Assert.False(delivery.IsCompleted);

        go.SetResult();
        var result = await delivery;
        Assert.False(result.Duplicate);
        Assert.Contains(await PositionOfAsync(cluster, mailbox, result.EventSequence), _archive.Positions(0));
        Assert.Equal((1, 0, 0), (cluster.Answers("handled"), cluster.Answers("accepted"), cluster.Answers("refused")));
    }

    [Fact]
    public async Task Mailboxes_of_other_partitions_are_not_slowed()
    {
        var stuck = new TaskCompletionSource();
        _archive.Before = (batch, _) => batch.Partition == 0 && batch.Events.Any(e => e.Event.Type == "MessageNew") ? stuck.Task : Task.CompletedTask;
        await using var cluster = await BlockingCluster.StartAsync(Blocking(Long, TimeoutAnswer.Refuse));
        var held = cluster.NewMailbox(partition: 0).DeliverAsync(Delivery());

        var other = cluster.NewMailbox(partition: 1);
        for (var i = 0; i < 20; i++) await other.DeliverAsync(Delivery());

        Assert.False(held.IsCompleted);
        stuck.SetResult();
        await held;
    }

    [Fact]
    public async Task Closed_a_message_that_is_not_handled_in_time_is_refused_and_its_repetition_is_one_copy()
    {
        var isDown = false;
        _archive.FailureOf = _ => isDown ? new HandlerUnavailableException("away") : null;
        await using var cluster = await BlockingCluster.StartAsync(Blocking(Short, TimeoutAnswer.Refuse));
        var mailbox = cluster.NewMailbox();
        await UntilAcceptedAsync(() => mailbox.DeliverAsync(Delivery()));
        var delivery = Delivery();

        isDown = true;
        var before = cluster.Answers("handled");
        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.DeliverAsync(delivery)));
        var messages = await BlockingCluster.MessagesAsync(mailbox);

        // It is known to be away now: what was done is refused again, what was not is not begun.
        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.DeliverAsync(delivery)));
        Assert.Equal(MailboxError.Unavailable, await ErrorOf(() => mailbox.DeliverAsync(Delivery())));
        Assert.Equal(messages, await BlockingCluster.MessagesAsync(mailbox));
        Assert.Equal((before, 0), (cluster.Answers("handled"), cluster.Answers("accepted")));

        isDown = false;
        Assert.True((await UntilAcceptedAsync(() => mailbox.DeliverAsync(delivery))).Duplicate);
        var next = Delivery();
        await UntilAcceptedAsync(() => mailbox.DeliverAsync(next));
        Assert.Equal(messages + 1, await BlockingCluster.MessagesAsync(mailbox));
    }

    [Fact]
    public async Task Open_a_message_that_is_not_handled_in_time_is_accepted_and_the_next_ones_at_once()
    {
        var stuck = new TaskCompletionSource();
        _archive.Before = (batch, _) => batch.Events.Any(e => e.Event.Type == "MessageNew") ? stuck.Task : Task.CompletedTask;
        await using var cluster = await BlockingCluster.StartAsync(Blocking(Short, TimeoutAnswer.Accept));
        var mailbox = cluster.NewMailbox();

        for (var i = 0; i < 20; i++) await mailbox.DeliverAsync(Delivery());
        Assert.Equal((0, 20, 0), (cluster.Answers("handled"), cluster.Answers("accepted"), cluster.Answers("refused")));

        stuck.SetResult();
        while (cluster.Answers("handled") == 0) await mailbox.DeliverAsync(Delivery());
    }

    [Theory]
    [InlineData(TimeoutAnswer.Accept)]
    [InlineData(TimeoutAnswer.Refuse)]
    public async Task A_dead_letter_is_not_taken_for_handled(TimeoutAnswer answer)
    {
        var poison = true;
        _archive.FailureOf = _ => poison ? new InvalidOperationException("poison") : null;
        await using var cluster = await BlockingCluster.StartAsync(Blocking(Long, answer));
        var mailbox = cluster.NewMailbox();
        var delivery = Delivery();

        if (answer == TimeoutAnswer.Accept)
        {
            await mailbox.DeliverAsync(delivery);
            Assert.Equal((0, 1, 0), (cluster.Answers("handled"), cluster.Answers("accepted"), cluster.Answers("refused")));
            return;
        }

        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.DeliverAsync(delivery)));
        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.DeliverAsync(delivery)));

        // Tried again with success it is no dead letter any more.
        poison = false;
        foreach (var dead in await cluster.Positions.ReadDeadLettersAsync("archive", 0, 0, 100, CancellationToken.None))
            Assert.Null(await cluster.Subscriber("archive").RedriveAsync(dead.Position));
        Assert.True((await mailbox.DeliverAsync(delivery)).Duplicate);
    }

    /// <summary>Whoever repeats something long past asks about an event that is removed: which it was nobody knows any more.</summary>
    [Fact]
    public async Task A_removed_event_counts_as_handled_unless_a_dead_letter_was_removed()
    {
        var poison = true;
        _archive.Before = (batch, _) => poison && batch.Events.Any(e => e.Event.Type == "MessageNew")
            ? Task.FromException(new InvalidOperationException("poison"))
            : Task.CompletedTask;
        await using var cluster = await BlockingCluster.StartAsync(Blocking(Long, TimeoutAnswer.Refuse));
        var mailbox = cluster.NewMailbox();
        var delivery = Delivery();
        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.DeliverAsync(delivery)));
        poison = false;
        var last = await mailbox.DeliverAsync(Delivery());
        await cluster.CutAsync(await PositionOfAsync(cluster, mailbox, last.EventSequence) - 1);

        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.DeliverAsync(delivery)));
        var dead = Assert.Single(await cluster.Positions.ReadDeadLettersAsync("archive", 0, 0, 100, CancellationToken.None));
        Assert.NotNull(await cluster.Subscriber("archive").RedriveAsync(dead.Position));
        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.DeliverAsync(delivery)));

        // Given up for good by somebody.
        await cluster.Positions.RemoveDeadLetterAsync("archive", 0, dead.Position, CancellationToken.None);
        Assert.True((await mailbox.DeliverAsync(delivery)).Duplicate);
    }

    [Fact]
    public async Task One_that_comes_late_confirms_removed_events_when_it_has_come_past_them()
    {
        var subscriber = Blocking(Short, TimeoutAnswer.Refuse) with
        {
            FirstPause = TimeSpan.FromMilliseconds(50),
            LongestPause = TimeSpan.FromMilliseconds(50),
        };
        await using var cluster = await BlockingCluster.StartAsync(subscriber);
        var mailbox = cluster.NewMailbox();
        var delivery = Delivery();
        await UntilAcceptedAsync(() => mailbox.DeliverAsync(delivery));
        var last = await UntilAcceptedAsync(() => mailbox.DeliverAsync(Delivery()));
        var removed = await PositionOfAsync(cluster, mailbox, last.EventSequence) - 1;
        await cluster.CutAsync(removed);
        Assert.True((await UntilAcceptedAsync(() => mailbox.DeliverAsync(delivery))).Duplicate);

        // As of a database that was restored: it stands before what is removed.
        await cluster.Positions.MoveSubscriberAsync("archive", 0, removed - 1, CancellationToken.None);
        await cluster.Subscriber("archive").NudgeAsync();
        await Eventually.EqualAsync(
            true, async () => (await cluster.Subscriber("archive").FindConditionAsync())?.Trouble?.Contains("rewind", StringComparison.Ordinal) == true);
        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.DeliverAsync(delivery)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_with_several_events_waits_for_all_of_them(bool firstIsDead)
    {
        // STORE of both flags makes MessageRead, MessageTrash and FlagsSet.
        var types = new HashSet<string> { "MessageRead", "MessageTrash", "FlagsSet" };
        _archive.Before = (batch, _) => firstIsDead && batch.Events.Any(e => e.Event.Type == "MessageRead")
            ? Task.FromException(new InvalidOperationException("poison"))
            : Task.CompletedTask;
        var subscriber = Blocking(Long, TimeoutAnswer.Refuse);
        await using var cluster = await BlockingCluster.StartAsync(subscriber with { Blocking = subscriber.Blocking! with { Types = types } });
        var mailbox = cluster.NewMailbox();
        var session = SessionId.New(TimeProvider.System);
        await mailbox.OpenSessionAsync(session, Imap, null);
        await mailbox.SelectAsync(session, new SelectRequest("INBOX", ReadOnly: false));
        await AppendAsync(mailbox, session, "draft");
        await mailbox.SyncAsync(session, UpdateScope.All);
        var store = new StoreRequest(Set(1), ByUid: true, StoreMode.Add, [@"\Flagged", @"\Deleted", @"\Seen"], UpdateScope.All, Operation: NewOperation());

        if (firstIsDead)
        {
            Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.StoreAsync(session, store)));
            Assert.Equal((2, 1), (cluster.Answers("handled"), cluster.Answers("refused")));
            return;
        }

        await mailbox.StoreAsync(session, store);
        Assert.Equal((3, 0), (cluster.Answers("handled"), cluster.Answers("refused")));
    }

    [Fact]
    public async Task Paused_it_confirms_nothing()
    {
        await using var cluster = await BlockingCluster.StartAsync(Blocking(Short, TimeoutAnswer.Refuse));
        var mailbox = cluster.NewMailbox();
        await UntilAcceptedAsync(() => mailbox.DeliverAsync(Delivery()));
        await cluster.Positions.SetSubscriberStateAsync("archive", SubscriberState.Paused, CancellationToken.None);
        await cluster.Subscriber("archive").NudgeAsync();

        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.DeliverAsync(Delivery())));
    }

    [Fact]
    public async Task It_has_started_before_the_first_message_is_taken()
    {
        await using var cluster = await BlockingCluster.StartAsync(Blocking(Long, TimeoutAnswer.Refuse) with { Start = StartPolicy.Now });
        var mailbox = cluster.NewMailbox();
        var first = await mailbox.DeliverAsync(Delivery());

        Assert.Contains(await PositionOfAsync(cluster, mailbox, first.EventSequence), _archive.Positions(0));
    }

    [Fact]
    public async Task Chosen_types_wait_and_no_others()
    {
        var types = new HashSet<string> { "MessageAppend", "MessageMove", "MessageExpunge", "FlagsSet", "MailboxCreate" };
        var isDown = false;
        _archive.FailureOf = _ => isDown ? new HandlerUnavailableException("away") : null;
        var subscriber = Blocking(TimeSpan.FromSeconds(3), TimeoutAnswer.Refuse);
        await using var cluster = await BlockingCluster.StartAsync(subscriber with { Blocking = subscriber.Blocking! with { Types = types } });
        var mailbox = cluster.NewMailbox();
        var session = SessionId.New(TimeProvider.System);
        await mailbox.OpenSessionAsync(session, Imap, null);
        await mailbox.SelectAsync(session, new SelectRequest("INBOX", ReadOnly: false));
        await mailbox.CreateFolderAsync(session, "other", null, NewOperation());
        await AppendAsync(mailbox, session);
        await AppendAsync(mailbox, session);
        await mailbox.SyncAsync(session, UpdateScope.All);
        Assert.Equal(3, cluster.Answers("handled"));
        await mailbox.DeliverAsync(Delivery());
        Assert.Equal(3, cluster.Answers("handled"));

        isDown = true;
        var store = new StoreRequest(Set(1), ByUid: true, StoreMode.Add, [@"\Flagged"], UpdateScope.All, Operation: NewOperation());
        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.StoreAsync(session, store)));
        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.StoreAsync(session, store)));
        Assert.Equal(MailboxError.Unavailable, await ErrorOf(() => AppendAsync(mailbox, session)));
        Assert.Equal(MailboxError.Unconfirmed, await ErrorOf(() => mailbox.ExpungeAsync(session, new ExpungeRequest())));
        await mailbox.DeliverAsync(Delivery());
    }

    private static Task<AppendResult> AppendAsync(IMailboxGrain mailbox, SessionId session, string flag = @"\Deleted") =>
        mailbox.AppendAsync(new AppendRequest(session, NewOperation(), "INBOX", [new AppendMessage(Content(), [flag], null)]));

    private static async Task<DeliveryResult> UntilAcceptedAsync(Func<Task<DeliveryResult>> deliver)
    {
        while (true)
        {
            try
            {
                return await deliver();
            }
            catch (MailboxException notYet) when (notYet.Error is MailboxError.Unconfirmed or MailboxError.Unavailable)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<long> PositionOfAsync(BlockingCluster cluster, IMailboxGrain mailbox, long sequence)
    {
        var read = await cluster.Store.ReadMailboxAsync(new Model.AccountId(mailbox.GetPrimaryKey()), sequence - 1, 1, CancellationToken.None);
        return read[0].Position;
    }

    private Subscriber Blocking(TimeSpan timeout, TimeoutAnswer answer) => DeliveryStage.Quick(_archive) with
    {
        Blocking = new BlockingPolicy(BlockingPolicy.UsualTypes, timeout, answer),
    };
}
