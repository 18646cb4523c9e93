using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;

namespace MailGrains.Grains.Tests.Mailboxes;

public sealed class OperationMemoryTests
{
    [Fact]
    public async Task A_mailbox_that_stays_in_memory_does_not_take_an_operation_for_a_repetition_for_ever()
    {
        var clock = new Clock();
        var memory = new OperationMemory(clock);
        var id = TestMailbox.NewOperation();
        Assert.False((await RunAsync(memory, id)).Repeated);
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.True((await RunAsync(memory, id)).Repeated);
        clock.Now += TimeSpan.FromDays(8);
        Assert.False((await RunAsync(memory, id)).Repeated);
    }

    [Fact]
    public async Task What_is_under_way_is_joined_however_long_it_takes()
    {
        var clock = new Clock();
        var memory = new OperationMemory(clock);
        var id = TestMailbox.NewOperation();
        var result = new TaskCompletionSource<OperationMemory.Outcome>();
        var first = memory.RunAsync(id, result, static r => r.Task);
        clock.Now += TimeSpan.FromDays(8);
        var second = RunAsync(memory, id);
        result.SetResult(Outcome);
        Assert.Equal((false, true), ((await first).Repeated, (await second).Repeated));
    }

    private static OperationMemory.Outcome Outcome => new(new StoredResult("INBOX", 1, 1, 1, new EmailId(1), 1), Repeated: false);

    private static Task<OperationMemory.Outcome> RunAsync(OperationMemory memory, BlobId id) =>
        memory.RunAsync(id, 0, static _ => Task.FromResult(Outcome));

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
