using System.Text.Json;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.Benches;

/// <summary><c>bench/bonnie</c> in a small form.</summary>
public sealed class BonnieTests
{
    private static readonly byte[] Png = [0x89, .. "PNG"u8];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_small_load_is_delivered_handled_and_drawn()
    {
        using var folder = new TemporaryFolder();
        var program = Path.Combine(Built.Root, "bench/bonnie");
        var run = (await Programs.RunAsync(
            program, "--no-build", "--mailboxes", "300", "--deliveries", "900", "--recipients", "22", "--connections", "4", "--out", folder.Path,
            "--", "--Subscribers:audit:Kind=jsonl", $"--Subscribers:audit:Path={Path.Combine(folder.Path, "audit")}")).Succeeded();

        Assert.Contains("900 deliveries to 300 mailboxes", run.Output, StringComparison.Ordinal);
        Assert.Contains("one mail to 22 recipients", run.Output, StringComparison.Ordinal);
        var figures = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "bonnie-sqlite.json"), Cancellation)).RootElement;
        var last = figures.GetProperty("samples").EnumerateArray().Last();
        Assert.Equal(922, last.GetProperty("delivered").GetInt32());
        Assert.Equal(0, last.GetProperty("pending").GetProperty("audit").GetInt64());

        // And the directory's log, which is kept as a mailbox's is.
        Assert.Equal(300 + 1, figures.GetProperty("openMailboxes").GetInt64());
        var lines = Directory.EnumerateFiles(Path.Combine(folder.Path, "audit"), "*.jsonl").SelectMany(File.ReadLines)
            .Count(line => line.Contains("\"type\":\"MessageNew\"", StringComparison.Ordinal));
        Assert.Equal(922, lines);
        foreach (var plot in (string[])["jobs-per-minute", "jobs-pending"])
            Assert.Equal(Png, (await File.ReadAllBytesAsync(Path.Combine(folder.Path, $"bonnie-sqlite-{plot}.png"), Cancellation))[..4]);
    }
}
