using System.Diagnostics;
using System.Globalization;

namespace MailGrains.TestKit.Processes;

/// <summary>One program of the product as a process: started, killed, stopped, halted, started again. What it prints is kept over all starts.</summary>
internal sealed class NodeProcess(Func<ProcessStartInfo> command, string? logFile = null) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private Process? _process;

    public ProcessLog Log { get; } = new(logFile);

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>It ended without being asked, and nobody has looked at its exit code yet.</summary>
    public bool HasEnded => _process is { HasExited: true };

    /// <summary>From the start of the process to the line that it is ready, last time.</summary>
    public TimeSpan StartTime { get; private set; }

    public int Id => Running.Id;

    private Process Running => _process ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>Returns when it says that it is ready.</summary>
    public async Task StartAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var process = new Process { StartInfo = command() };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Take(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Take(line.Data, ready);
        process.Start();
        _process = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var ended = process.WaitForExitAsync();
        var first = await Task.WhenAny(ready.Task, ended, Task.Delay(StartPatience));
        if (first != ready.Task) throw new InvalidOperationException($"The server {(first == ended ? "ended" : "is not ready in time")}:\n{Log}");
        StartTime = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>SIGKILL: no chance to save anything.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await EndedAsync();
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await EndedAsync();
    }

    /// <summary>Sends <c>TERM</c>, <c>STOP</c> or <c>CONT</c>, without waiting for what it does. A process that has ended by itself gets none.</summary>
    public async Task SignalAsync(string signal)
    {
        var sent = await Programs.RunAsync("kill", $"-{signal}", $"{Running.Id}");
        if (!HasEnded) sent.Succeeded();
    }

    /// <summary>Waits for the end; returns the exit code.</summary>
    public async Task<int> EndedAsync()
    {
        using var limit = new CancellationTokenSource(StopPatience);
        try
        {
            await Running.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The server did not end within {StopPatience}:\n{Log}");
        }

        var code = Running.ExitCode;
        Running.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Memory of the process now, in octets.</summary>
    public long ResidentOctets()
    {
        Running.Refresh();
        return Running.WorkingSet64;
    }

    /// <summary>The most memory the process ever had, or since <see cref="ForgetPeakAsync"/>, in octets.</summary>
    public long PeakResidentOctets()
    {
        var line = File.ReadLines($"/proc/{Running.Id}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary><see cref="PeakResidentOctets"/> begins again with what the process has now.</summary>
    public Task ForgetPeakAsync() => File.WriteAllTextAsync($"/proc/{Running.Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
    }

    private void Take(string? line, TaskCompletionSource ready)
    {
        if (line is null) return;
        Log.Add(line);
        if (line == "MailGrains ready") ready.TrySetResult();
    }
}
