using MailGrains.Evidence.Export;
using MailGrains.Evidence.Tests.Verification;
using Xunit;

namespace MailGrains.Evidence.Tests.Signing;

public sealed class LogSignerTests : IDisposable
{
    private readonly TestLog _log = new();
    private readonly LogSigner _signer;

    public LogSignerTests() => _signer = new LogSigner(_log, TestKeys.Golden);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _signer.Dispose();

    [Fact]
    public async Task Each_partition_is_signed_as_far_as_it_goes()
    {
        AssertSigned(await _signer.SignAsync(Cancellation), TestLog.EventsOfPartition, TestLog.EventsOfPartition);
        var last = _log.Events[1][^1];
        _log.Events[1].Add(TestLog.Make(1, last.Position + 1, last.Account, last, last.Event.At, "Logout", ""));
        AssertSigned(await _signer.SignAsync(Cancellation), TestLog.EventsOfPartition, TestLog.EventsOfPartition + 1);
    }

    [Fact]
    public async Task What_was_read_once_is_signed_as_it_was_then()
    {
        var before = (await _signer.SignAsync(Cancellation))[0];
        var victim = _log.Events[0][4];
        _log.Events[0][4] = TestLog.Make(0, victim.Position, victim.Account, null, victim.Event.At, "Login", "");
        Assert.Equal(before.Note.Text, (await _signer.SignAsync(Cancellation))[0].Note.Text);
    }

    [Fact]
    public async Task A_log_with_an_event_missing_is_not_signed()
    {
        _log.Events[0].RemoveAt(9);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => _signer.SignAsync(Cancellation));
        Assert.Contains("position 10", refused.Message, StringComparison.Ordinal);
    }

    private void AssertSigned(IReadOnlyList<LogCheckpoint> checkpoints, params int[] sizes)
    {
        Assert.Equal(sizes.Select(size => (long)size), checkpoints.Select(c => c.Size));
        foreach (var checkpoint in checkpoints)
        {
            Assert.Equal(_log.CheckpointOf(checkpoint.Partition, (int)checkpoint.Size).ToText(), checkpoint.Note.Text);
            Assert.True(checkpoint.Note.IsSignedBy(TestKeys.Golden.Verifier));
        }
    }
}
