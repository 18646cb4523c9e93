using MailGrains.Evidence.Export;
using MailGrains.Evidence.Proofs;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Verification;
using MailGrains.Model;
using Xunit;

namespace MailGrains.Evidence.Tests.Retention;

/// <summary>What can still be proved of a log whose beginning was removed.</summary>
public sealed class ShortenedLogTests : IDisposable
{
    private readonly RetentionStage _stage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_goes_on_as_the_continuation_of_what_was_signed(bool hashesAreLost)
    {
        var before = await ShortenedAsync();
        _stage.Restart();
        if (hashesAreLost) Directory.Delete(_stage.Fixture.Tiles, recursive: true);
        await _stage.WriteAsync(400);

        var after = await _stage.Signer.SignAsync(Cancellation);
        Assert.Equal((before.Head.Hash, 1200), (after.Head.Previous, after.Head.Partitions[0].Size));
        _stage.Restart();
        Assert.Equal(after.Head.Hash, (await _stage.Signer.SignAsync(Cancellation)).Head.Hash);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_export_verifies_from_its_first_event_on(bool hashesAreLost)
    {
        await ShortenedAsync();
        await _stage.WriteAsync(300);
        if (hashesAreLost) Directory.Delete(_stage.Fixture.Tiles, recursive: true);
        await _stage.Signer.SignAsync(Cancellation);

        var verdict = await Verifier.CheckAsync(await _stage.ExportAsync("short"));
        verdict.IsUnchanged();
        Assert.Contains("partition 0 begins with position 513: what was before was removed, as head 4 says", verdict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_from_which_more_is_taken_is_told()
    {
        await ShortenedAsync();
        var path = await _stage.ExportAsync("short");
        var file = Path.Combine(path, "events", "0.jsonl");
        await File.WriteAllLinesAsync(file, (await File.ReadAllLinesAsync(file, Cancellation)).Skip(1), Cancellation);
        (await Verifier.CheckAsync(path)).Names("position 514", "position 513 is missing");
    }

    [Fact]
    public async Task An_export_that_is_overtaken_is_none()
    {
        await _stage.WriteAsync(700);
        await _stage.PassAsync(RetentionStage.KeepFor + TimeSpan.FromDays(1));

        // Whoever exports need not be the one who removes.
        var log = new SteeredLog(_stage.Store) { Afterwards = () => _stage.RunAsync() };
        var overtaken = await Assert.ThrowsAsync<ExportOvertakenException>(() => _stage.ExportAsync("overtaken", log));
        Assert.Contains("partition 0", overtaken.Message, StringComparison.Ordinal);
        Assert.Equal(513, await _stage.FirstAsync());

        (await Verifier.CheckAsync(await _stage.ExportAsync("again"))).IsUnchanged();
    }

    [Theory]
    [InlineData(513)]
    [InlineData(700)]
    [InlineData(769)]
    public async Task A_hole_that_nobody_announced_is_exported_and_named(int position)
    {
        await ShortenedAsync();

        // Pages of the export begin with 513 and 769.
        var verdict = await Verifier.CheckAsync(await _stage.ExportAsync("hole", new SteeredLog(_stage.Store) { Lacks = p => p == position }));
        verdict.Names($"position {position + 1}", $"position {position} is missing");
    }

    [Fact]
    public async Task A_kept_event_is_proved_and_so_is_what_was_signed_before()
    {
        await _stage.WriteAsync(300);
        var old = await _stage.PassAsync(TimeSpan.Zero);
        await ShortenedAsync();
        var record = (await _stage.Store.ReadAsync(0, 600, 1, Cancellation))[0];
        var receipt = new Receipt(record.Account, record.Event.Sequence, record.Event.Hash);

        var proof = await new EventProver(_stage.Store, _stage.Signer).ProveAsync(receipt, System.Text.Encoding.UTF8.GetString(old.Octets.Span), Cancellation);

        var files = Path.Combine(_stage.Fixture.Exports, "proof");
        Directory.CreateDirectory(files);
        await File.WriteAllTextAsync(Path.Combine(files, "proof.txt"), proof.ToString(), Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(files, "old.txt"), old.Octets.ToArray(), Cancellation);
        var verdict = await Verifier.RunAsync(
            "proof", Path.Combine(files, "proof.txt"), "--key", Verifier.Key, "--checkpoint", Path.Combine(files, "old.txt"));
        Assert.Equal(0, verdict.Code);
    }

    [Fact]
    public async Task A_removed_event_has_no_proof()
    {
        await _stage.WriteAsync(3);
        var record = (await _stage.Store.ReadAsync(0, 0, 1, Cancellation))[0];
        await ShortenedAsync();
        var refused = await Assert.ThrowsAsync<ProofRefusedException>(() => new EventProver(_stage.Store, _stage.Signer).ProveAsync(
            new Receipt(record.Account, record.Event.Sequence, record.Event.Hash), null, Cancellation));
        Assert.Equal(ProofRefusal.NoEvent, refused.Refusal);
    }

    [Fact]
    public async Task What_the_store_says_of_what_was_removed_is_believed_with_the_signed_root_only()
    {
        await ShortenedAsync();
        var start = Assert.Single(await _stage.Retention.ReadStartsAsync(Cancellation));
        var forged = start.Edge.ToArray();
        forged[40] ^= 1;
        using var folders = new Signing.SignerFixture(_stage.Checkpoints);
        var lying = new Storage.InMemory.InMemoryEventRetention(_stage.Store, _stage.Subscribers);
        await lying.CutAsync(0, start with { Edge = forged }, Cancellation);
        using var other = folders.Start(_stage.Store, lying);
        await Assert.ThrowsAsync<LogBrokenException>(() => other.SignAsync(Cancellation));
    }

    /// <summary>Events up to 800 of which those up to 512 are removed; what was signed then.</summary>
    private async Task<SignedHead> ShortenedAsync()
    {
        var there = (await _stage.Store.ReadHeadAsync(Cancellation))[0];
        await _stage.WriteAsync((int)(700 - there));
        await _stage.PassAsync(RetentionStage.KeepFor + TimeSpan.FromDays(1));
        await _stage.WriteAsync(100);
        await _stage.PassAsync(TimeSpan.Zero);
        Assert.Equal(512, await _stage.RunAsync());
        return await _stage.Signer.SignAsync(Cancellation);
    }
}
