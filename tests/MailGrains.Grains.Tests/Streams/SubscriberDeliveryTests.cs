using System.Text;
using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;

namespace MailGrains.Grains.Tests.Streams;

public sealed class SubscriberDeliveryTests : IAsyncDisposable
{
    private readonly DeliveryStage _stage = new();
    private readonly RecordingHandler _handler = new("audit");

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task What_is_in_the_log_is_handled_in_order_and_what_comes_too()
    {
        await _stage.Log.WriteAsync(0, 25);
        var delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        await _stage.ReachesAsync("audit", 25);

        await _stage.Log.WriteAsync(0, 3);
        delivery.Offer(await _stage.Log.ReadAsync(0, after: 25));
        await _stage.ReachesAsync("audit", 28);

        Assert.Equal(Numbers(1, 28), _handler.Positions(0));
        Assert.Equal((28, TestLog.TimeOf(28)), (delivery.Position, delivery.Progress.BehindSince!.Value));
    }

    [Theory]
    [InlineData("beginning", 1)]
    [InlineData("now", 11)]
    [InlineData("2026-03-01T12:07:00Z", 7)]
    [InlineData("2025-01-01T00:00:00Z", 1)]
    [InlineData("2027-01-01T00:00:00Z", 11)]
    public async Task A_first_start_is_where_the_policy_says_and_later_ones_where_it_was(string start, int first)
    {
        await _stage.Log.WriteAsync(0, 10);
        var subscriber = DeliveryStage.Quick(_handler) with { Start = StartPolicy.Parse(start) };
        var delivery = _stage.Deliver(subscriber);
        await _stage.ReachesAsync("audit", 10);
        await _stage.EndAsync(delivery);

        await _stage.Log.WriteAsync(0, 2);
        _stage.Deliver(subscriber with { Start = StartPolicy.Now });
        await _stage.ReachesAsync("audit", 12);

        Assert.Equal(Numbers(first, 12), _handler.Positions(0));
    }

    [Fact]
    public async Task One_whose_handler_knows_its_place_is_not_moved_ahead_of_it()
    {
        var handler = new PlacedHandler("records");
        await _stage.Log.WriteAsync(0, 10);
        var delivery = _stage.Deliver(DeliveryStage.Quick(handler));
        await _stage.ReachesAsync("records", 10);
        await _stage.Positions.SetSubscriberStateAsync("records", SubscriberState.Paused, CancellationToken.None);
        delivery.Wake();

        // Moved while it is paused: retention of the log must not be told that it has them.
        await _stage.Log.WriteAsync(0, 5);
        await _stage.Positions.MoveSubscriberAsync("records", 0, 15, CancellationToken.None);
        delivery.Wake();
        await _stage.ReachesAsync("records", 10);

        await _stage.Positions.SetSubscriberStateAsync("records", SubscriberState.Running, CancellationToken.None);
        delivery.Wake();
        await _stage.ReachesAsync("records", 15);
        Assert.Equal(Numbers(1, 15), handler.Handled);
    }

    [Fact]
    public async Task A_gap_is_read_from_the_log_and_old_events_are_passed_over()
    {
        var delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        await _stage.ReachesAsync("audit", 0);
        await _stage.Log.WriteAsync(0, 30);
        delivery.Offer(await _stage.Log.ReadAsync(0, after: 20));
        await _stage.ReachesAsync("audit", 30);

        await _stage.Log.WriteAsync(0, 5);
        delivery.Offer(await _stage.Log.ReadAsync(0, after: 3, limit: 10));
        delivery.Offer(await _stage.Log.ReadAsync(0, after: 25));
        await _stage.ReachesAsync("audit", 35);

        Assert.Equal(Numbers(1, 35), _handler.Positions(0));
    }

    [Fact]
    public async Task Offers_dont_wait_for_a_handler_that_is_stuck()
    {
        var stuck = new TaskCompletionSource();
        _handler.Before = (_, _) => stuck.Task;
        var delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        for (var i = 0; i < 100; i++)
        {
            await _stage.Log.WriteAsync(0, 1);
            delivery.Offer(await _stage.Log.ReadAsync(0, after: i));
        }

        Assert.Empty(_handler.Positions(0));
        stuck.SetResult();
        await _stage.ReachesAsync("audit", 100);
        Assert.Equal(Numbers(1, 100), _handler.Positions(0));
    }

    [Fact]
    public async Task What_is_offered_while_the_handler_is_busy_is_not_read_from_the_log_again()
    {
        await _stage.Log.WriteAsync(0, 1);
        var busy = new TaskCompletionSource();
        var called = new TaskCompletionSource();
        _handler.Before = (_, _) =>
        {
            called.TrySetResult();
            return busy.Task;
        };
        var delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        await called.Task;
        for (var i = 1; i < 100; i++)
        {
            await _stage.Log.WriteAsync(0, 1);
            delivery.Offer(await _stage.Log.ReadAsync(0, after: i));
        }

        var before = _stage.Counted.Read;
        busy.SetResult();
        await _stage.ReachesAsync("audit", 100);
        Assert.Equal(Numbers(1, 100), _handler.Positions(0));
        Assert.Equal(before, _stage.Counted.Read);
    }

    [Fact]
    public async Task Types_that_are_not_wanted_are_passed_over()
    {
        await _stage.Log.WriteAsync(0, 12, "Login");
        await _stage.Log.WriteAsync(0, 2, "MessageNew");
        await _stage.Log.WriteAsync(0, 12, "Logout");
        var handler = new RecordingHandler("mail", new HashSet<string> { "MessageNew" });
        _stage.Deliver(DeliveryStage.Quick(handler));

        await _stage.ReachesAsync("mail", 26);
        Assert.Equal([13L, 14], handler.Positions(0));
    }

    [Fact]
    public async Task A_poison_event_becomes_a_dead_letter_and_stops_nobody()
    {
        await _stage.Log.WriteAsync(0, 40);
        await _stage.Log.WriteAsync(1, 5);
        _handler.FailureOf = p => p is 7 or 23 ? new InvalidDataException($"never {p}\0") : null;
        var other = new RecordingHandler("search");
        _stage.Deliver(DeliveryStage.Quick(_handler));
        _stage.Deliver(DeliveryStage.Quick(_handler), partition: 1);
        _stage.Deliver(DeliveryStage.Quick(other));

        await _stage.ReachesAsync("audit", 40);
        await _stage.ReachesAsync("audit", 5, partition: 1);
        await _stage.ReachesAsync("search", 40);

        Assert.Equal(Numbers(1, 40).Except([7, 23]), _handler.Positions(0));
        Assert.Equal(Numbers(1, 40), other.Positions(0));
        var dead = await _stage.DeadAsync("audit");
        Assert.Equal([(7L, 3, "InvalidDataException: never 7 "), (23L, 3, "InvalidDataException: never 23 ")], dead.Select(d => (d.Position, d.Attempts, d.Error)));
        Assert.Empty(await _stage.DeadAsync("search"));
    }

    [Fact]
    public async Task A_dead_letter_can_be_redriven_when_its_cause_is_gone()
    {
        await _stage.Log.WriteAsync(0, 5);
        _handler.FailureOf = p => p == 2 ? new InvalidDataException("not yet") : null;
        var delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        await _stage.ReachesAsync("audit", 5);

        Assert.Equal("InvalidDataException: not yet", await delivery.RedriveAsync(2));
        Assert.Single(await _stage.DeadAsync("audit"));
        Assert.Contains("no such", await delivery.RedriveAsync(3), StringComparison.Ordinal);

        _handler.FailureOf = _ => null;
        Assert.Null(await delivery.RedriveAsync(2));
        Assert.Empty(await _stage.DeadAsync("audit"));
        Assert.Equal([1L, 3, 4, 5, 2], _handler.Positions(0));
    }

    [Fact]
    public async Task A_target_that_is_away_is_waited_for_and_kills_no_event()
    {
        await _stage.Log.WriteAsync(0, 15);
        _handler.FailureOf = _ => _handler.Failures < 50 ? new HandlerUnavailableException("The disk is full.") : null;
        _stage.Deliver(DeliveryStage.Quick(_handler));

        await _stage.ReachesAsync("audit", 15);
        Assert.Equal(Numbers(1, 15), _handler.Positions(0));
        Assert.Empty(await _stage.DeadAsync("audit"));
    }

    [Fact]
    public async Task What_keeps_it_from_going_on_is_told_until_it_goes_on()
    {
        var isFull = true;
        _handler.FailureOf = _ => isFull ? new HandlerUnavailableException("It can't be written.", new IOException("No space left.")) : null;
        var delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        Assert.Null(delivery.Progress.Trouble);
        await _stage.Log.WriteAsync(0, 3);
        delivery.Wake();
        await Eventually.EqualAsync("HandlerUnavailableException: It can't be written. (No space left.)", () => Task.FromResult(delivery.Progress.Trouble));

        isFull = false;
        await _stage.ReachesAsync("audit", 3);
        await Eventually.EqualAsync(null, () => Task.FromResult(delivery.Progress.Trouble));
    }

    [Fact]
    public async Task A_store_that_is_away_is_waited_for()
    {
        var refusals = 5;
        _stage.Positions.BeforeAdvance = _ => refusals-- > 0 ? throw new StoreUnavailableException("Away.") : Task.CompletedTask;
        await _stage.Log.WriteAsync(0, 4);
        _stage.Deliver(DeliveryStage.Quick(_handler));

        await _stage.ReachesAsync("audit", 4);
        Assert.Equal(Enumerable.Repeat(Numbers(1, 4), 6).SelectMany(n => n), _handler.Positions(0));
    }

    [Fact]
    public async Task A_paused_subscriber_does_nothing_until_it_is_resumed()
    {
        await _stage.Log.WriteAsync(0, 3);
        var delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        await _stage.ReachesAsync("audit", 3);
        Assert.True(await _stage.Positions.SetSubscriberStateAsync("audit", SubscriberState.Paused, CancellationToken.None));
        await _stage.EndAsync(delivery);

        await _stage.Log.WriteAsync(0, 3);
        delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        delivery.Offer(await _stage.Log.ReadAsync(0, after: 3));

        // A round is over when a redrive that was asked for in it is answered.
        Assert.NotNull(await delivery.RedriveAsync(1));
        Assert.NotNull(await delivery.RedriveAsync(1));
        Assert.Equal(Numbers(1, 3), _handler.Positions(0));

        Assert.True(await _stage.Positions.SetSubscriberStateAsync("audit", SubscriberState.Running, CancellationToken.None));
        delivery.Wake();
        await _stage.ReachesAsync("audit", 6);
        Assert.Equal(Numbers(1, 6), _handler.Positions(0));
    }

    [Fact]
    public async Task One_that_is_moved_back_handles_the_events_again()
    {
        await _stage.Log.WriteAsync(0, 6);
        var delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        await _stage.ReachesAsync("audit", 6);

        Assert.True(await _stage.Positions.MoveSubscriberAsync("audit", 0, 3, CancellationToken.None));
        delivery.Wake();
        await _stage.ReachesAsync("audit", 6);
        Assert.Equal([1L, 2, 3, 4, 5, 6, 4, 5, 6], _handler.Positions(0));
    }

    [Fact]
    public async Task Messages_are_read_by_those_who_have_declared_it()
    {
        var message = Encoding.ASCII.GetBytes("Subject: a\r\nTo: b\r\n\r\nbody\r\n\r\n");
        var blob = BlobId.Of(message);
        _stage.Contents[blob] = message;
        var read = new List<string>();
        async Task ReadAsync(EventBatch batch, CancellationToken cancellation)
        {
            read.Add(Encoding.ASCII.GetString((await batch.ReadHeaderAsync(blob, cancellation))!.Value.Span));
            Assert.Null(await batch.ReadHeaderAsync(default, cancellation));
            read.Add(Encoding.ASCII.GetString((await batch.ReadBodyAsync(blob, cancellation))!.Value.Span));
        }

        await _stage.Log.WriteAsync(0, 1);
        _stage.Deliver(DeliveryStage.Quick(new RecordingHandler("body", interests: Interests.Body) { Before = ReadAsync }));
        await _stage.ReachesAsync("body", 1);
        Assert.Equal(["Subject: a\r\nTo: b\r\n\r\n", "Subject: a\r\nTo: b\r\n\r\nbody\r\n\r\n"], read);

        _stage.Deliver(DeliveryStage.Quick(new RecordingHandler("header", interests: Interests.Header) { Before = ReadAsync }));
        await _stage.ReachesAsync("header", 1);
        Assert.Contains("declared", Assert.Single(await _stage.DeadAsync("header")).Error, StringComparison.Ordinal);
    }

    private static IEnumerable<long> Numbers(long first, long last) => Enumerable.Range((int)first, (int)(last - first + 1)).Select(n => (long)n);
}
