using System.Text;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;
using Xunit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>Changes that only what is signed about all partitions at once can show.</summary>
public sealed class HeadTamperTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_partition_was_emptied()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        await File.WriteAllTextAsync(export.Events(1), "", None);
        Directory.Delete(export.File("checkpoints", "1"), recursive: true);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names("heads/3.txt", "partition 1, size 30", "ends with position 0");
        Assert.All(verdict.Problems, p => Assert.Contains("heads/", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_partition_was_taken_away()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        var kept = export.Outside("kept.txt", await File.ReadAllTextAsync(export.Head(2), None));
        var text = await File.ReadAllTextAsync(export.File("log.json"), None);
        await File.WriteAllTextAsync(export.File("log.json"), text.Replace("\"partitions\":2", "\"partitions\":1", StringComparison.Ordinal), None);
        File.Delete(export.Events(1));
        Directory.Delete(export.File("checkpoints", "1"), recursive: true);
        (await Verifier.CheckAsync(export.Path)).Names("log.json", "it has 1 partitions, but signed was heads/1.txt, with 2 partitions");
        (await Verifier.CheckAsync(export.Path, "--checkpoint", kept)).Names("kept.txt", "it was signed with 2 partitions, log.json has 1");
    }

    [Fact]
    public async Task A_head_is_missing_or_another()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var second = await File.ReadAllTextAsync(export.Head(2), None);
        File.Delete(export.Head(2));
        (await Verifier.CheckAsync(export.Path)).Names("heads/3.txt", "heads 2 to 2 are missing before it");
        var other = SignedHead.Of(log.HeadOf(log.HeadOf(null, 11), 20), TestKeys.Golden);
        await File.WriteAllBytesAsync(export.Head(2), other.Octets.ToArray(), None);
        (await Verifier.CheckAsync(export.Path)).Names("heads/2.txt", "it does not follow the head 1");
        await File.WriteAllTextAsync(export.Head(2), second.Replace("number 2", "number 3", StringComparison.Ordinal), None);
        (await Verifier.CheckAsync(export.Path)).Names("heads/2.txt", "is not good");
        await File.WriteAllTextAsync(export.Head(2), await File.ReadAllTextAsync(export.Head(1), None), None);
        (await Verifier.CheckAsync(export.Path)).Names("heads/2.txt", "it is head 1");
        using var forger = NoteSigner.Generate(TestLog.Name);
        await File.WriteAllBytesAsync(export.Head(2), SignedHead.Of(log.HeadOf(log.HeadOf(null, 10), 20), forger).Octets.ToArray(), None);
        (await Verifier.CheckAsync(export.Path)).Names("heads/2.txt", "it is not signed by");
    }

    [Fact]
    public async Task Less_was_signed_than_before()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var third = log.HeadOf(log.HeadOf(null, 10), 20);
        await File.WriteAllBytesAsync(export.Head(3), SignedHead.Of(log.HeadOf(third, 15), TestKeys.Golden).Octets.ToArray(), None);
        (await Verifier.CheckAsync(export.Path)).Names("heads/3.txt", "partition 0 has 15 events, fewer than the 20 of the head before");
    }

    [Fact]
    public async Task A_break_is_a_problem_until_the_auditor_accepts_it_too()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var before = log.HeadOf(log.HeadOf(null, 11), 25);
        var third = log.HeadOf(before, 20, LogBreak.Of("restored\nfrom the backup", ["partition 0 ends with position 20"]));
        foreach (var (number, head) in new[] { (1, log.HeadOf(null, 11)), (2, before), (3, third), (4, log.HeadOf(third, 30)) })
            await File.WriteAllBytesAsync(export.Head(number), SignedHead.Of(head, TestKeys.Golden).Octets.ToArray(), None);
        (await Verifier.CheckAsync(export.Path)).Names("heads/3.txt", "with the reason 'restored from the backup'", "partition 0 ends with position 20", "--accept-break 3");
        var accepted = await Verifier.CheckAsync(export.Path, "--accept-break", "3");
        accepted.IsUnchanged();
        Assert.Contains("note: heads/3.txt: an administrator accepted", accepted.Output, StringComparison.Ordinal);
        (await Verifier.CheckAsync(export.Path, "--accept-break", "2", "--accept-break", "9")).Names("--accept-break 9", "no such head");
    }

    /// <summary>Whoever has the server began anew: the events are what they were, but not what was signed about them.</summary>
    [Fact]
    public async Task A_history_of_heads_that_was_begun_anew_is_known_by_a_head_kept_elsewhere()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var (first, third) = (export.Outside("first.txt", await File.ReadAllTextAsync(export.Head(1), None)), export.Outside("third.txt", await File.ReadAllTextAsync(export.Head(3), None)));
        (await Verifier.CheckAsync(export.Path, "--checkpoint", first, "--checkpoint", third)).IsUnchanged();

        foreach (var number in new[] { 2, 3 }) File.Delete(export.Head(number));
        await File.WriteAllBytesAsync(export.Head(1), SignedHead.Of(log.HeadOf(null, 30), TestKeys.Golden).Octets.ToArray(), None);
        (await Verifier.CheckAsync(export.Path)).IsUnchanged();
        var verdict = await Verifier.CheckAsync(export.Path, "--checkpoint", first, "--checkpoint", third);
        verdict.Names("first.txt", "heads/1.txt of the export is not the one that was kept");
        verdict.Names("third.txt", "the export has no heads/3.txt");

        // As after a change of the key, which an administrator accepts and the auditor knows of.
        var anew = SignedHead.Of(log.HeadOf(null, 30, LogBreak.Of("another key", ["checkpoint 3 is not signed with the log's key"])), TestKeys.Golden);
        await File.WriteAllBytesAsync(export.Head(1), anew.Octets.ToArray(), None);
        var accepted = await Verifier.CheckAsync(export.Path, "--accept-break", "1", "--checkpoint", first);
        accepted.IsUnchanged();
        Assert.Contains("first.txt: heads/1.txt of the export is not the one that was kept", accepted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strange_file_among_the_heads_is_named()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        await File.WriteAllTextAsync(export.File("heads", "03.txt"), "", Encoding.UTF8, None);
        (await Verifier.CheckAsync(export.Path)).Names("heads/03.txt", "neither a head nor a time stamp");
    }
}
