using MailGrains.Storage.Subscribers;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes those who handle events.</summary>
public abstract class SubscriberStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 29, 1, 59, 59, 123, 456, TimeSpan.Zero);

    private SubscriberHarness? _harness;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ISubscriberStore Store => _harness?.Store ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask InitializeAsync() => _harness = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_harness is not null) await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<SubscriberHarness> OpenAsync();

    [Fact]
    public async Task A_subscriber_starts_once()
    {
        Assert.Null(await Store.FindSubscriberAsync("audit", 0, Cancellation));
        Assert.Empty(await Store.ListSubscribersAsync(Cancellation));

        Assert.Equal(Running("audit", 0, 7), await Store.StartSubscriberAsync("audit", 0, 7, Cancellation));
        Assert.Equal(Running("audit", 0, 7), await Store.StartSubscriberAsync("audit", 0, 99, Cancellation));
        Assert.Equal(Running("audit", 0, 7), await Store.FindSubscriberAsync("audit", 0, Cancellation));
        Assert.Null(await Store.FindSubscriberAsync("audit", 1, Cancellation));
    }

    [Fact]
    public async Task Those_who_start_at_the_same_time_stand_at_the_same_place()
    {
        var started = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Store.StartSubscriberAsync("audit", 0, i, Cancellation)));
        var found = await Store.FindSubscriberAsync("audit", 0, Cancellation);
        Assert.All(started, s => Assert.Equal(found, s));
    }

    [Fact]
    public async Task All_are_listed_by_name_and_partition()
    {
        await Store.StartSubscriberAsync("search", 1, 2, Cancellation);
        await Store.StartSubscriberAsync("audit", 10, 3, Cancellation);
        await Store.StartSubscriberAsync("audit", 9, 4, Cancellation);
        await Store.StartSubscriberAsync("Audit", 0, 5, Cancellation);

        Assert.Equal(
            [Running("Audit", 0, 5), Running("audit", 9, 4), Running("audit", 10, 3), Running("search", 1, 2)],
            await Store.ListSubscribersAsync(Cancellation));
    }

    [Fact]
    public async Task Of_many_who_advance_from_one_position_one_gets_on()
    {
        await Store.StartSubscriberAsync("audit", 0, 10, Cancellation);
        for (var round = 0; round < 10; round++)
        {
            var from = 10L + round;
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AdvanceAsync(from, from + 1), Cancellation)));
            Assert.Single(outcomes, o => o == AdvanceOutcome.Advanced);
        }

        Assert.Equal(Running("audit", 0, 20), await Store.FindSubscriberAsync("audit", 0, Cancellation));
    }

    [Fact]
    public async Task A_step_from_elsewhere_changes_nothing()
    {
        await Store.StartSubscriberAsync("audit", 0, 10, Cancellation);
        await Store.StartSubscriberAsync("audit", 1, 11, Cancellation);

        Assert.Equal(AdvanceOutcome.Elsewhere, await AdvanceAsync(9, 12, Dead(12)));
        Assert.Equal(AdvanceOutcome.Elsewhere, await AdvanceAsync(11, 12, Dead(12)));
        Assert.Equal(AdvanceOutcome.Elsewhere, await Store.AdvanceAsync(new SubscriberAdvance("search", 0, 10, 12), Cancellation));

        Assert.Equal([Running("audit", 0, 10), Running("audit", 1, 11)], await Store.ListSubscribersAsync(Cancellation));
        Assert.Empty(await Store.ReadDeadLettersAsync("audit", 0, 0, 10, Cancellation));
    }

    [Fact]
    public async Task Dead_letters_come_with_their_step_and_are_removed_once()
    {
        await Store.StartSubscriberAsync("audit", 0, 0, Cancellation);
        for (var position = 1; position <= 4; position++) Assert.Equal(AdvanceOutcome.Advanced, await AdvanceAsync(position - 1, position, Dead(position)));

        Assert.Equal([Dead(1), Dead(2), Dead(3), Dead(4)], await Store.ReadDeadLettersAsync("audit", 0, 0, 10, Cancellation));
        Assert.Equal([Dead(3)], await Store.ReadDeadLettersAsync("audit", 0, 2, 1, Cancellation));
        Assert.Empty(await Store.ReadDeadLettersAsync("audit", 1, 0, 10, Cancellation));
        Assert.Empty(await Store.ReadDeadLettersAsync("search", 0, 0, 10, Cancellation));

        Assert.True(await Store.RemoveDeadLetterAsync("audit", 0, 2, Cancellation));
        Assert.False(await Store.RemoveDeadLetterAsync("audit", 0, 2, Cancellation));
        Assert.Equal([Dead(1), Dead(3), Dead(4)], await Store.ReadDeadLettersAsync("audit", 0, 0, 10, Cancellation));
    }

    [Fact]
    public async Task An_event_that_dies_again_is_one_dead_letter()
    {
        await Store.StartSubscriberAsync("audit", 0, 0, Cancellation);
        await AdvanceAsync(0, 1, Dead(1));
        await Store.MoveSubscriberAsync("audit", 0, 0, Cancellation);
        var again = Dead(1) with { Error = "another", Attempts = 9, At = Now.AddHours(1) };

        Assert.Equal(AdvanceOutcome.Advanced, await AdvanceAsync(0, 1, again));
        Assert.Equal([again], await Store.ReadDeadLettersAsync("audit", 0, 0, 10, Cancellation));
    }

    [Fact]
    public async Task Pausing_concerns_one_subscriber_and_all_its_partitions()
    {
        Assert.False(await Store.SetSubscriberStateAsync("audit", SubscriberState.Paused, Cancellation));
        await Store.StartSubscriberAsync("audit", 0, 1, Cancellation);
        await Store.StartSubscriberAsync("audit", 1, 2, Cancellation);
        await Store.StartSubscriberAsync("search", 0, 3, Cancellation);

        Assert.True(await Store.SetSubscriberStateAsync("audit", SubscriberState.Paused, Cancellation));
        Assert.Equal(
            [Running("audit", 0, 1) with { State = SubscriberState.Paused }, Running("audit", 1, 2) with { State = SubscriberState.Paused }, Running("search", 0, 3)],
            await Store.ListSubscribersAsync(Cancellation));

        // What was on its way when it was paused still counts.
        Assert.Equal(AdvanceOutcome.Advanced, await AdvanceAsync(1, 2));
        Assert.True(await Store.SetSubscriberStateAsync("audit", SubscriberState.Running, Cancellation));
        Assert.Equal(Running("audit", 0, 2), await Store.FindSubscriberAsync("audit", 0, Cancellation));
    }

    [Fact]
    public async Task Moving_makes_a_step_that_is_under_way_fail()
    {
        Assert.False(await Store.MoveSubscriberAsync("audit", 0, 3, Cancellation));
        await Store.StartSubscriberAsync("audit", 0, 10, Cancellation);

        Assert.True(await Store.MoveSubscriberAsync("audit", 0, 3, Cancellation));
        Assert.Equal(AdvanceOutcome.Elsewhere, await AdvanceAsync(10, 11));
        Assert.Equal(Running("audit", 0, 3), await Store.FindSubscriberAsync("audit", 0, Cancellation));
    }

    [Fact]
    public async Task One_that_is_forgotten_is_as_if_it_had_never_started()
    {
        Assert.False(await Store.ForgetSubscriberAsync("audit", Cancellation));
        await Store.StartSubscriberAsync("audit", 0, 1, Cancellation);
        await Store.StartSubscriberAsync("audit", 1, 2, Cancellation);
        await Store.StartSubscriberAsync("search", 0, 3, Cancellation);
        await AdvanceAsync(1, 2, Dead(2));

        Assert.True(await Store.ForgetSubscriberAsync("audit", Cancellation));
        Assert.Equal([Running("search", 0, 3)], await Store.ListSubscribersAsync(Cancellation));
        Assert.Empty(await Store.ReadDeadLettersAsync("audit", 0, 0, 10, Cancellation));
        Assert.Equal(AdvanceOutcome.Elsewhere, await AdvanceAsync(2, 3));
        Assert.Equal(Running("audit", 0, 9), await Store.StartSubscriberAsync("audit", 0, 9, Cancellation));
    }

    private Task<AdvanceOutcome> AdvanceAsync(long from, long to, DeadLetter? dead = null) =>
        Store.AdvanceAsync(new SubscriberAdvance("audit", 0, from, to, dead), Cancellation);

    private static SubscriberPosition Running(string name, int partition, long position) => new(name, partition, position, SubscriberState.Running);

    private static DeadLetter Dead(long position) => new("audit", 0, position, "It's \"wrong\": ünïcode 🙈\n at line 2", 5, Now.AddSeconds(position));
}
