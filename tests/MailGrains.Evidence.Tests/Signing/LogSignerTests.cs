using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Verification;
using Xunit;

namespace MailGrains.Evidence.Tests.Signing;

/// <summary>What is signed, and what isn't any more: while the process runs and after it was started again.</summary>
public sealed class LogSignerTests : IDisposable
{
    private readonly SignerFixture _fixture = new();
    private readonly TestLog _log = new();
    private LogSigner _signer;

    public LogSignerTests() => _signer = _fixture.Start(_log);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _signer.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task Each_partition_is_signed_as_far_as_it_goes()
    {
        var first = await _signer.SignAsync(Cancellation);
        AssertSigned(first, TestLog.EventsOfPartition, TestLog.EventsOfPartition);
        Append(1);
        var second = await _signer.SignAsync(Cancellation);
        AssertSigned(second, TestLog.EventsOfPartition, TestLog.EventsOfPartition + 1);
        Assert.Equal((2, first.Head.Hash), (second.Head.Number, second.Head.Previous));
    }

    [Fact]
    public async Task A_log_without_new_events_is_not_signed_again()
    {
        var first = await _signer.SignAsync(Cancellation);
        _fixture.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(first, await _signer.SignAsync(Cancellation));
        StartAgain();
        Assert.Equal(first.Head.Hash, (await _signer.SignAsync(Cancellation)).Head.Hash);
    }

    [Fact]
    public async Task Partitions_without_events_are_signed_too()
    {
        _log.Events[1].Clear();
        var head = await _signer.SignAsync(Cancellation);
        Assert.Equal([TestLog.EventsOfPartition, 0L], head.Head.Partitions.Select(p => p.Size));
        Assert.Single(_signer.CheckpointsOf(head));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_changed_event_is_refused(bool again) => await AssertRefusedAsync(
        again, "position 5", () => Change(0, 5));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_payload_that_is_not_what_was_hashed_is_refused(bool again) => await AssertRefusedAsync(
        again,
        "partition 1: the event at position 17 was changed",
        () => _log.Events[1][16] = _log.Events[1][16] with { Event = _log.Events[1][16].Event with { Payload = "{}"u8.ToArray() } });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_that_was_rolled_back_is_refused(bool again) => await AssertRefusedAsync(
        again, "partition 1 ends with position", () => _log.Events[1].RemoveRange(20, 10));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_that_was_rolled_back_and_grew_again_is_refused(bool again) => await AssertRefusedAsync(
        again,
        "partition 1",
        () =>
        {
            _log.Events[1].RemoveRange(20, 10);
            for (var i = 0; i < 15; i++) Append(1);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_partition_that_was_emptied_is_refused(bool again) => await AssertRefusedAsync(
        again, "partition 0 ends with position 0", _log.Events[0].Clear);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Swapped_events_are_refused(bool again) => await AssertRefusedAsync(again, "partition 0", () =>
    {
        var (a, b) = (_log.Events[0][7], _log.Events[0][8]);
        (_log.Events[0][7], _log.Events[0][8]) = (b with { Position = 8 }, a with { Position = 9 });
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_that_was_taken_out_is_refused(bool again) => await AssertRefusedAsync(
        again, "partition 0 has no event at position 10", () => _log.Events[0].RemoveAt(9));

    [Fact]
    public async Task Fewer_partitions_are_refused()
    {
        await _signer.SignAsync(Cancellation);
        using var fewer = _fixture.Start(new LongLog(5));
        var refused = await Assert.ThrowsAsync<LogBrokenException>(() => fewer.SignAsync(Cancellation));
        Assert.Contains("the log has 1 partitions, but 2 were signed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_never_was_whole_is_not_signed()
    {
        _log.Events[0].RemoveAt(9);
        var refused = await Assert.ThrowsAsync<LogBrokenException>(() => _signer.SignAsync(Cancellation));
        Assert.Contains("position 10", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LogBrokenException>(() => _signer.AcceptBreakAsync("never mind", Cancellation));
    }

    [Fact]
    public async Task A_break_that_was_accepted_is_signed_and_then_all_goes_on()
    {
        Assert.Null(await _signer.AcceptBreakAsync("nothing", Cancellation));
        var before = await _signer.SignAsync(Cancellation);
        _log.Events[1].RemoveRange(20, 10);
        await Assert.ThrowsAsync<LogBrokenException>(() => _signer.SignAsync(Cancellation));
        var accepted = await _signer.AcceptBreakAsync("the backup\nof Sunday", Cancellation);
        Assert.NotNull(accepted);
        Assert.Equal(("the backup of Sunday", before.Head.Hash), (accepted.Head.Break!.Reason, accepted.Head.Previous));
        Assert.Contains("partition 1 ends with position", Assert.Single(accepted.Head.Break.Found), StringComparison.Ordinal);

        StartAgain();
        Assert.Equal(accepted.Head.Hash, (await _signer.SignAsync(Cancellation)).Head.Hash);
        Append(1);
        AssertSigned(await _signer.SignAsync(Cancellation), TestLog.EventsOfPartition, 21);
        Assert.Null(await _signer.AcceptBreakAsync("nothing", Cancellation));
    }

    [Fact]
    public async Task The_history_on_disk_is_private_and_what_was_signed()
    {
        var head = await _signer.SignAsync(Cancellation);
        var file = Path.Combine(_fixture.Checkpoints, "1.txt");
        Assert.Equal(head.Octets.ToArray(), await File.ReadAllBytesAsync(file, Cancellation));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await File.WriteAllTextAsync(file, "another", Cancellation);
        StartAgain();
        var refused = await Assert.ThrowsAsync<LogBrokenException>(() => _signer.SignAsync(Cancellation));
        Assert.Contains("checkpoint 1 in the data folder is not signed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _signer.AcceptBreakAsync("overwritten", Cancellation))!.Head.Number);
        Assert.Equal("another", await File.ReadAllTextAsync(file + ".aside", Cancellation));
    }

    [Fact]
    public async Task A_checkpoint_that_is_gone_is_noticed_and_can_be_accepted()
    {
        for (var n = 0; n < 3; n++, Append(1)) await _signer.SignAsync(Cancellation);
        File.Delete(Path.Combine(_fixture.Checkpoints, "2.txt"));
        StartAgain();
        for (var time = 0; time < 2; time++)
        {
            var refused = await Assert.ThrowsAsync<LogBrokenException>(() => _signer.SignAsync(Cancellation));
            Assert.Contains("checkpoint 2 is missing in the data folder", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(4, (await _signer.AcceptBreakAsync("lost", Cancellation))!.Head.Number);
        StartAgain();
        Assert.Equal(4, (await _signer.SignAsync(Cancellation)).Head.Number);
    }

    private async Task AssertRefusedAsync(bool again, string problem, Action change)
    {
        await _signer.SignAsync(Cancellation);
        change();
        if (again) StartAgain();
        for (var time = 0; time < 2; time++)
        {
            var refused = await Assert.ThrowsAsync<LogBrokenException>(() => _signer.SignAsync(Cancellation));
            Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
            Assert.Contains("mailgrains evidence accept-break", refused.Message, StringComparison.Ordinal);
        }

        Assert.Single(Directory.GetFiles(_fixture.Checkpoints));
    }

    private void Change(int partition, int position)
    {
        var victim = _log.Events[partition][position - 1];
        _log.Events[partition][position - 1] = TestLog.Make(partition, position, victim.Account, null, victim.Event.At, "Login", "");
    }

    private void Append(int partition)
    {
        var last = _log.Events[partition][^1];
        _log.Events[partition].Add(TestLog.Make(partition, last.Position + 1, last.Account, last, last.Event.At, "Logout", ""));
    }

    private void StartAgain()
    {
        _signer.Dispose();
        _signer = _fixture.Start(_log);
    }

    private void AssertSigned(SignedHead head, params int[] sizes)
    {
        Assert.Equal(sizes.Select(size => (long)size), head.Head.Partitions.Select(p => p.Size));
        foreach (var checkpoint in _signer.CheckpointsOf(head))
        {
            Assert.Equal(_log.CheckpointOf(checkpoint.Partition, (int)checkpoint.Size).ToText(), checkpoint.Note.Text);
            Assert.True(checkpoint.Note.IsSignedBy(TestKeys.Golden.Verifier));
        }
    }
}
