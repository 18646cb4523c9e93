using System.Globalization;
using MailGrains.Evidence.Export;
using MailGrains.Evidence.Tests.Verification;
using MailGrains.TestKit;
using MailGrains.TestKit.Processes;
using Xunit;

namespace MailGrains.Evidence.Tests.Large;

/// <summary>
/// The verifier's memory doesn't grow with the log. MAILGRAINS_LARGE_EXPORT says how many events, and MAILGRAINS_LARGE_FOLDER where the export stays.
/// </summary>
public sealed class LargeExportTests
{
    private const int Events = 100_000;

    /// <summary>Octets the garbage collector gives the program; what the runtime itself needs is besides, some 60 MB.</summary>
    private const int Heap = 64 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_export_is_verified_in_little_memory()
    {
        using var folder = new TemporaryFolder();
        var events = long.Parse(Environment.GetEnvironmentVariable("MAILGRAINS_LARGE_EXPORT") ?? $"{Events}", CultureInfo.InvariantCulture);
        var path = Path.Combine(Environment.GetEnvironmentVariable("MAILGRAINS_LARGE_FOLDER") ?? folder.Path, "export");
        var log = new LargeLog(events, mailboxes: 10_000);
        await new EvidenceExport(log, log, log, TestLog.Options).WriteAsync(path, Cancellation);

        var start = Programs.Describe("dotnet", [Path.Combine(AppContext.BaseDirectory, "mailgrains-verify.dll"), path, "--key", Verifier.Key]);
        start.Environment["DOTNET_GCHeapHardLimit"] = Heap.ToString("x", CultureInfo.InvariantCulture);
        var result = await Programs.RunAsync(start, ReadOnlyMemory<byte>.Empty, Cancellation);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains($"{events} events of 10000 mailboxes", result.Output, StringComparison.Ordinal);
    }
}
