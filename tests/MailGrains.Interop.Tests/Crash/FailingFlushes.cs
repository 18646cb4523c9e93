using System.Diagnostics;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>
/// While it lives, every fsync and fdatasync of a process fails with EIO, as on a disk that breaks. strace does it, from outside; the process
/// knows nothing of it.
/// </summary>
internal sealed class FailingFlushes : IAsyncDisposable
{
    private const string Calls = "fsync,fdatasync";

    private readonly Process _strace;

    private FailingFlushes(Process strace) => _strace = strace;

    public static async Task<FailingFlushes> BeginAsync(ServerProcess server, CancellationToken cancellation)
    {
        Assert.SkipUnless(Programs.Find("strace") is not null, "strace is not installed.");
        var start = Programs.Describe(
            "strace", ["-f", "-o", "/dev/null", "-e", "trace=" + Calls, "-e", $"inject={Calls}:error=EIO", "-p", $"{server.Id}"]);
        var strace = Process.Start(start)!;
        while (await strace.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            if (!line.Contains("attached", StringComparison.Ordinal)) continue;
            _ = strace.StandardError.ReadToEndAsync(CancellationToken.None);
            return new FailingFlushes(strace);
        }

        await strace.WaitForExitAsync(cancellation);
        strace.Dispose();
        Assert.Skip("Processes can't be traced here (ptrace is not allowed).");
        throw new UnreachableException();
    }

    /// <summary>The disk works again.</summary>
    public async ValueTask DisposeAsync()
    {
        await Programs.RunAsync("kill", "-INT", $"{_strace.Id}");
        await _strace.WaitForExitAsync();
        _strace.Dispose();
    }
}
