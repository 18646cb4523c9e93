using MailGrains.Evidence.Proofs;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Signing;
using MailGrains.Evidence.Tests.Verification;
using MailGrains.Model;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Evidence.Tests.Proofs;

/// <summary>A proof from a receipt, checked by the other program, which has nothing else.</summary>
public sealed class EventProverTests : IDisposable
{
    private readonly SignerFixture _fixture = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TestLog _log = new();
    private readonly LogSigner _signer;

    public EventProverTests() => _signer = _fixture.Start(_log);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _signer.Dispose();
        _fixture.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_event_can_be_proved()
    {
        for (var partition = 0; partition < 2; partition++)
            for (var position = 1; position <= TestLog.EventsOfPartition; position++)
            {
                var verdict = await CheckAsync((await ProveAsync(_log.ReceiptOf(partition, position))).ToString());
                AssertProved(verdict);
                Assert.Contains($"is event {position} of 30 in mail.example/log/{partition}", verdict.Output, StringComparison.Ordinal);
            }
    }

    [Fact]
    public async Task A_long_log_too()
    {
        var log = new LongLog(1_000);
        using var fixture = new SignerFixture();
        using var signer = fixture.Start(log);
        foreach (var position in new[] { 1, 256, 257, 512, 1_000 })
        {
            var record = log.Events[position - 1];
            var receipt = new Receipt(record.Account, record.Event.Sequence, record.Event.Hash);
            AssertProved(await CheckAsync((await new EventProver(log, signer).ProveAsync(receipt, null, Cancellation)).ToString()));
        }

        // From hashes that were damaged no false proof is made.
        File.Delete(Path.Combine(fixture.Tiles, "v1", "0", "0"));
        var first = new Receipt(log.Events[0].Account, 1, log.Events[0].Event.Hash);
        AssertProved(await CheckAsync((await new EventProver(log, signer).ProveAsync(first, null, Cancellation)).ToString()));
    }

    [Fact]
    public async Task With_a_kept_checkpoint_the_proof_shows_that_the_log_only_grew()
    {
        foreach (var size in new[] { 1, 8, 17, 30 })
        {
            var kept = _log.CheckpointOf(1, size).Sign(TestKeys.Golden).ToString();
            var verdict = await CheckAsync((await ProveAsync(_log.ReceiptOf(1, 12), kept)).ToString(), "--checkpoint", Keep(kept));
            AssertProved(verdict);
            Assert.Contains(size == 30 ? "is the same as" : "is the continuation of", verdict.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_a_kept_head_too()
    {
        var kept = SignedHead.Of(_log.HeadOf(null, 13), TestKeys.Golden);
        var text = System.Text.Encoding.UTF8.GetString(kept.Octets.Span);
        AssertProved(await CheckAsync((await ProveAsync(_log.ReceiptOf(0, 20), text)).ToString(), "--checkpoint", Keep(text)));
    }

    [Fact]
    public async Task A_kept_checkpoint_that_the_proof_says_nothing_about_is_a_problem()
    {
        var proof = (await ProveAsync(_log.ReceiptOf(1, 12))).ToString();
        var older = _log.CheckpointOf(1, 17).Sign(TestKeys.Golden).ToString();
        (await CheckAsync(proof, "--checkpoint", Keep(older))).Names("kept.txt", "--since");
        (await CheckAsync(proof, "--checkpoint", Keep(_log.CheckpointOf(0, 17).Sign(TestKeys.Golden).ToString()))).Names("kept.txt", "it is about mail.example/log/0");
        Assert.Equal(2, (await CheckAsync(proof, "--checkpoint", Path.Combine(_folder.Path, "none"))).Code);
    }

    /// <summary>The owner of server and key made another history: the one who kept a checkpoint of the first sees it.</summary>
    [Fact]
    public async Task Another_history_does_not_continue_what_was_kept()
    {
        var kept = _log.CheckpointOf(1, 17).Sign(TestKeys.Golden).ToString();
        var same = _log.CheckpointOf(1, 30).Sign(TestKeys.Golden).ToString();
        var victim = _log.Events[1][2];
        _log.Events[1][2] = TestLog.Make(1, 3, victim.Account, null, victim.Event.At, "Logout", "");
        var refused = await Assert.ThrowsAsync<ProofRefusedException>(() => ProveAsync(_log.ReceiptOf(1, 12), kept));
        Assert.Equal(ProofRefusal.NoContinuation, refused.Refusal);

        var other = _log.CheckpointOf(1, 17).Sign(TestKeys.Golden).ToString();
        var proof = (await ProveAsync(_log.ReceiptOf(1, 12), other)).ToString();
        (await CheckAsync(proof, "--checkpoint", Keep(kept))).Names("kept.txt", "the log was changed since");
        (await CheckAsync(proof, "--checkpoint", Keep(same))).Names("kept.txt", "two histories");
    }

    [Fact]
    public async Task What_is_not_in_the_log_is_not_proved()
    {
        var good = _log.ReceiptOf(0, 4);
        await AssertRefusedAsync(ProofRefusal.NoEvent, good with { Sequence = 999 });
        await AssertRefusedAsync(ProofRefusal.NoEvent, good with { Account = new AccountId(Guid.NewGuid()) });
        await AssertRefusedAsync(ProofRefusal.Changed, good with { Hash = default });
        await AssertRefusedAsync(ProofRefusal.NoCheckpoint, good, "nonsense");
        await AssertRefusedAsync(ProofRefusal.NoCheckpoint, good, _log.CheckpointOf(1, 4).Sign(TestKeys.Golden).ToString());
        await AssertRefusedAsync(ProofRefusal.NoContinuation, good, new Evidence.Notes.Checkpoint("mail.example/log/0", 31, default).Sign(TestKeys.Golden).ToString());
        var record = _log.Events[0][3];
        _log.Events[0][3] = record with { Event = record.Event with { Payload = "{}"u8.ToArray() } };
        await AssertRefusedAsync(ProofRefusal.Changed, good);
    }

    private static void AssertProved(Verdict verdict)
    {
        Assert.Equal(("", 0), (string.Join('\n', verdict.Problems) + verdict.Error, verdict.Code));
        Assert.Contains("proved: the event was in the log", verdict.Output, StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(ProofRefusal refusal, Receipt receipt, string? since = null) =>
        Assert.Equal(refusal, (await Assert.ThrowsAsync<ProofRefusedException>(() => ProveAsync(receipt, since))).Refusal);

    private Task<EventProof> ProveAsync(Receipt receipt, string? since = null) => new EventProver(_log, _signer).ProveAsync(receipt, since, Cancellation);

    private async Task<Verdict> CheckAsync(string proof, params string[] further)
    {
        var file = Path.Combine(_folder.Path, "proof.txt");
        await File.WriteAllTextAsync(file, proof, Cancellation);
        return await Verifier.RunAsync(["proof", file, "--key", Verifier.Key, .. further]);
    }

    private string Keep(string text)
    {
        var file = Path.Combine(_folder.Path, "kept.txt");
        File.WriteAllText(file, text);
        return file;
    }
}
