using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Verification;
using MailGrains.Storage.Checkpoints;
using MailGrains.Storage.InMemory;
using Xunit;

namespace MailGrains.Evidence.Tests.Signing;

/// <summary>Two nodes that sign one log: one history, and each is the other's witness.</summary>
public sealed class SharedHistoryTests
{
    private readonly InMemoryCheckpointStore _store = new();
    private readonly TestLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_write_one_history()
    {
        using var one = new SignerFixture(_store);
        using var two = new SignerFixture(_store);
        using LogSigner first = one.Start(_log), second = two.Start(_log);
        var signed = await first.SignAsync(Cancellation);
        Assert.Equal(signed.Head.Hash, (await second.SignAsync(Cancellation)).Head.Hash);
        Append();
        var next = await second.SignAsync(Cancellation);
        Assert.Equal((2, signed.Head.Hash), (next.Head.Number, next.Head.Previous));
        Assert.Equal(next.Head.Hash, (await first.SignAsync(Cancellation)).Head.Hash);
        Append();
        await Task.WhenAll(first.SignAsync(Cancellation), second.SignAsync(Cancellation));
        Assert.Equal(3, (await _store.ReadLastAsync(CheckpointKind.Head, Cancellation))!.Number);
        foreach (var fixture in new[] { one, two }) Assert.Equal(3, Directory.GetFiles(fixture.Checkpoints).Length);
    }

    [Fact]
    public async Task A_database_that_was_rolled_back_with_its_history_is_refused_by_who_remembers()
    {
        using var one = new SignerFixture(_store);
        using (var first = one.Start(_log)) await first.SignAsync(Cancellation);
        var former = new InMemoryCheckpointStore();
        foreach (var row in await _store.ReadAsync(CheckpointKind.Head, 0, 10, Cancellation)) await former.AddAsync(row, Cancellation);
        Append();
        using (var first = one.Start(_log)) await first.SignAsync(Cancellation);

        _log.Events[1].RemoveAt(_log.Events[1].Count - 1);
        using var again = new LogSigner(_log, TestKeys.Golden, new SignerFolders(one.Checkpoints, one.Tiles), former, one.Time, NoLog);
        var refused = await Assert.ThrowsAsync<LogBrokenException>(() => again.SignAsync(Cancellation));
        Assert.Contains("checkpoint 2 is no longer in the database", refused.Message, StringComparison.Ordinal);

        // The history that was lost comes back with the break.
        var accepted = await again.AcceptBreakAsync("restored", Cancellation);
        Assert.Equal(3, accepted!.Head.Number);
        Assert.Equal([1, 2, 3], (await former.ReadAsync(CheckpointKind.Head, 0, 10, Cancellation)).Select(row => row.Number));
        Assert.Equal(accepted.Head.Hash, (await again.SignAsync(Cancellation)).Head.Hash);
    }

    [Fact]
    public async Task A_history_that_was_written_anew_is_refused_by_who_remembers()
    {
        using var one = new SignerFixture(_store);
        using (var first = one.Start(_log)) await first.SignAsync(Cancellation);
        Append();
        var other = new InMemoryCheckpointStore();
        using var two = new SignerFixture(other);
        using (var second = two.Start(_log)) await second.SignAsync(Cancellation);

        using var again = new LogSigner(_log, TestKeys.Golden, new SignerFolders(one.Checkpoints, one.Tiles), other, one.Time, NoLog);
        var refused = await Assert.ThrowsAsync<LogBrokenException>(() => again.SignAsync(Cancellation));
        Assert.Contains("checkpoint 1 of the database is not the one that was signed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await again.AcceptBreakAsync("a fork", Cancellation))!.Head.Number);
        Assert.True(File.Exists(Path.Combine(one.Checkpoints, "1.txt.aside")));
        Assert.Equal(2, (await again.SignAsync(Cancellation)).Head.Number);
    }

    /// <summary>Far from the last one, and among more than are looked at each time.</summary>
    [Theory]
    [InlineData(5, false, "checkpoint 5 is no longer in the database")]
    [InlineData(104, false, "checkpoint 104 is no longer in the database")]
    [InlineData(104, true, "checkpoint 104 of the database is not the one that was signed")]
    public async Task An_older_head_that_was_taken_out_or_changed_is_found_in_turn(long number, bool isChanged, string problem)
    {
        const int heads = 110;
        using var one = new SignerFixture(_store);
        using (var first = one.Start(_log))
        {
            for (var head = 0; head < heads; head++)
            {
                await first.SignAsync(Cancellation);
                Append();
            }
        }

        var tampered = new InMemoryCheckpointStore();
        foreach (var row in await _store.ReadAsync(CheckpointKind.Head, 0, heads, Cancellation))
        {
            if (row.Number != number) await tampered.AddAsync(row, Cancellation);
            else if (isChanged) await tampered.AddAsync(row with { Octets = row.Octets[..^1] }, Cancellation);
        }

        using var again = new LogSigner(_log, TestKeys.Golden, new SignerFolders(one.Checkpoints, one.Tiles), tampered, one.Time, NoLog);
        var refused = await Assert.ThrowsAsync<LogBrokenException>(async () =>
        {
            await again.ReadLastAsync(Cancellation);
            await again.ReadLastAsync(Cancellation);
        });
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Logging.Abstractions.NullLogger<LogSigner> NoLog => new();

    private void Append()
    {
        var last = _log.Events[1][^1];
        _log.Events[1].Add(TestLog.Make(1, last.Position + 1, last.Account, last, last.Event.At, "Logout", ""));
    }
}
