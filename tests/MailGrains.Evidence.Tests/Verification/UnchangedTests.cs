using MailGrains.Evidence.Export;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>What nobody has touched verifies, whole or in part; and what the program needs to begin with.</summary>
public sealed class UnchangedTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_verifies()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.IsUnchanged();
        Assert.Contains("60 events of 6 mailboxes, 6 checkpoints, 20 bodies, 0 collected", verdict.Output, StringComparison.Ordinal);
        Assert.Contains("heads 1 to 3, the last signed 2026-03-01T15:30:15Z; no time stamps", verdict.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("note:", verdict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_it_says_that_the_key_came_with_the_export()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        var verdict = await Verifier.RunAsync(export.Path);
        verdict.IsUnchanged();
        Assert.Contains("note: the public key came with the export", verdict.Output, StringComparison.Ordinal);
    }

    /// <summary>As servers wrote them that didn't sign heads.</summary>
    [Fact]
    public async Task An_export_of_format_1_verifies_and_says_what_it_lacks()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        Directory.Delete(export.File("heads"), recursive: true);
        var text = await File.ReadAllTextAsync(export.File("log.json"), None);
        await File.WriteAllTextAsync(export.File("log.json"), text.Replace("\"format\":2", "\"format\":1", StringComparison.Ordinal), None);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.IsUnchanged();
        Assert.Contains("note: this export is of format 1", verdict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_has_grown_agrees_with_its_older_checkpoints()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var older = export.Outside("older.txt", log.CheckpointOf(1, 17).Sign(TestKeys.Golden).ToString());
        (await Verifier.CheckAsync(export.Path, "--checkpoint", older)).IsUnchanged();
    }

    [Fact]
    public async Task Receipts_are_found_and_placed()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var file = export.Outside("receipts.txt", $"{log.ReceiptOf(0, 1)}\n{log.ReceiptOf(0, 30)}\n");
        var verdict = await Verifier.CheckAsync(export.Path, "--receipt", log.ReceiptOf(1, 17).ToString(), "--receipts", file);
        verdict.IsUnchanged();
        Assert.Contains($"receipt: {log.ReceiptOf(1, 17)} is partition 1, position 17, and signed", verdict.Output, StringComparison.Ordinal);
        Assert.Contains($"receipt: {log.ReceiptOf(0, 30)} is partition 0, position 30, and signed", verdict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collected_bodies_are_no_problem()
    {
        var log = new TestLog();
        log.Collected[log.BodyOf(0)] = "collected\tand gone";
        using var export = await ExportedFolder.OfAsync(log);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.IsUnchanged();
        Assert.Equal($"{log.BodyOf(0)}\tcollected and gone\n", await File.ReadAllTextAsync(export.File("collected.txt"), None));
        Assert.Contains("19 bodies, 1 collected", verdict.Output, StringComparison.Ordinal);
    }

    /// <summary>Sizes on both sides of a power of two; the start's frontier is authenticated by the checkpoints after it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(19)]
    public async Task The_end_of_a_partition_verifies_by_itself(int size)
    {
        var log = new TestLog { Removed = [0, size] };
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "export");
        var start = new ExportStart(size, await log.TreeOf(1, size).Prover().FrontierAsync(None));
        var report = await log.ExportAsync(path, BeginningAt(start));
        Assert.Equal(60 - size, report.Events);
        var verdict = await Verifier.CheckAsync(path);
        verdict.IsUnchanged();
        Assert.Contains($"note: partition 1 begins with position {size + 1}", verdict.Output, StringComparison.Ordinal);

        var file = Path.Combine(path, "events", "1.start.json");
        var text = await File.ReadAllTextAsync(file, None);
        var hash = start.Frontier[0].ToString();
        await File.WriteAllTextAsync(file, text.Replace(hash, new string('0', 64), StringComparison.Ordinal), None);
        (await Verifier.CheckAsync(path)).Names("checkpoints/1/20.txt", "partition 1");
    }

    /// <summary>Somebody removed it, and wrote to the database what the rest of the tree is rightly continued from.</summary>
    [Fact]
    public async Task A_beginning_that_no_head_says_was_removed_is_missing()
    {
        var log = new TestLog();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "export");
        await log.ExportAsync(path, BeginningAt(new ExportStart(16, await log.TreeOf(1, 16).Prover().FrontierAsync(None))));
        (await Verifier.CheckAsync(path)).Names("partition 1, events/1.start.json", "it begins with position 17: no head says that what was before was removed");
    }

    private static ExportOptions BeginningAt(ExportStart start) => TestLog.Options with
    {
        ReadStarts = _ => Task.FromResult<IReadOnlyDictionary<int, ExportStart>>(new Dictionary<int, ExportStart> { [1] = start }),
    };

    [Fact]
    public async Task What_cannot_be_read_is_told_from_what_was_changed()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        Assert.Equal(2, (await Verifier.RunAsync()).Code);
        Assert.Equal(2, (await Verifier.RunAsync("--nonsense", export.Path)).Code);
        Assert.Equal(2, (await Verifier.RunAsync(export.Path, "--key", "key")).Code);
        Assert.Equal(2, (await Verifier.CheckAsync(export.Path, "--checkpoint", export.File("none.txt"))).Code);
        Assert.Equal(2, (await Verifier.CheckAsync(export.Path, "--receipts", export.File("none.txt"))).Code);
        Assert.Equal(2, (await Verifier.CheckAsync(export.File("nowhere"))).Code);
        File.Delete(export.File("log.json"));
        var verdict = await Verifier.CheckAsync(export.Path);
        Assert.Equal(2, verdict.Code);
        Assert.Contains("log.json", verdict.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_not_written_over_another()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        await Assert.ThrowsAsync<IOException>(() => new TestLog().ExportAsync(export.Path));
    }
}
