using System.Diagnostics;

namespace MailGrains.Interop.Tests.Server;

/// <summary>
/// The product as its users run it: a process with a data folder and listeners of its own. Dispose ends it without ceremony and removes
/// the data folder.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly bool _ownsFolder;
    private Func<ProcessStartInfo> _command;
    private Process? _process;

    private ServerProcess(string data, bool ownsFolder, string[] settings)
    {
        (Data, _ownsFolder) = (data, ownsFolder);
        LmtpSocket = Path.Combine(data, "lmtp.socket");
        _command = () => Programs.Describe("dotnet", [Built.Silo, .. Arguments(Data, Ports, LmtpSocket), .. settings]);
        Cli = new CommandLine(this);
    }

    /// <summary>The data folder.</summary>
    public string Data { get; }

    public ServerPorts Ports { get; private init; } = ServerPorts.Take();

    /// <summary>LMTP is offered here too.</summary>
    public string LmtpSocket { get; }

    public ServerLog Log { get; } = new();

    public CommandLine Cli { get; }

    public int Id => Running.Id;

    /// <summary>From the start of the process to the line that it is ready, last time.</summary>
    public TimeSpan StartTime { get; private set; }

    public string AdminToken => File.ReadAllText(Path.Combine(Data, "admin-token")).Trim();

    private Process Running => _process ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>A server with a fresh data folder.</summary>
    public static Task<ServerProcess> StartAsync(params string[] settings) =>
        StartAsync(new ServerProcess(Directory.CreateTempSubdirectory("mailgrains-interop-").FullName, ownsFolder: true, settings));

    /// <summary>A server on a folder of the caller's.</summary>
    public static Task<ServerProcess> StartOnAsync(string data, params string[] settings) =>
        StartAsync(new ServerProcess(data, ownsFolder: false, settings));

    /// <summary>A server started by a command of the caller's, which must give it this folder and these ports.</summary>
    public static Task<ServerProcess> StartAsAsync(string data, ServerPorts ports, ProcessStartInfo command) =>
        StartAsync(new ServerProcess(data, ownsFolder: false, []) { Ports = ports, _command = () => command });

    /// <summary>Starts a server that is expected to refuse: returns what it said when it ended.</summary>
    public static async Task<ProgramResult> RunToEndAsync(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = Programs.Describe("dotnet", [Built.Silo, .. arguments]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return await Programs.RunAsync(start, ReadOnlyMemory<byte>.Empty, CancellationToken.None);
    }

    /// <summary>The settings every server of these tests is started with.</summary>
    public static IEnumerable<string> Arguments(string data, ServerPorts ports, string lmtpSocket) =>
    [
        $"--Data:Path={data}", $"--Imap:Listen=127.0.0.1:{ports.Imap}", $"--Imaps:Listen=127.0.0.1:{ports.Imaps}",
        $"--Lmtp:Listen=127.0.0.1:{ports.Lmtp},unix:{lmtpSocket}", $"--Http:Listen=127.0.0.1:{ports.Http}",
    ];

    /// <summary>Starts the process again after <see cref="KillAsync"/> or <see cref="StopAsync"/>: same folder, same ports.</summary>
    public async Task StartAgainAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var process = new Process { StartInfo = _command() };
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
        await SignalStopAsync();
        return await EndedAsync();
    }

    /// <summary>SIGTERM, without waiting for the end.</summary>
    public Task SignalStopAsync() => Programs.RunAsync("kill", "-TERM", $"{Running.Id}");

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

    /// <summary>The most memory the process ever had, in octets.</summary>
    public long PeakResidentOctets()
    {
        var line = File.ReadLines($"/proc/{Running.Id}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
        if (_ownsFolder) Directory.Delete(Data, recursive: true);
    }

    private static async Task<ServerProcess> StartAsync(ServerProcess server)
    {
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private void Take(string? line, TaskCompletionSource ready)
    {
        if (line is null) return;
        Log.Add(line);
        if (line == "MailGrains ready") ready.TrySetResult();
    }
}
