using System.Diagnostics;

namespace MailGrains.Interop.Tests.Server;

/// <summary>
/// The product as its users run it: a process with a data folder and listeners of its own. Dispose ends it without ceremony and removes
/// the data folder.
/// </summary>
internal sealed class ServerProcess : IRunningProduct, IAsyncDisposable
{
    private readonly bool _ownsFolder;
    private readonly NodeProcess _process;
    private Func<ProcessStartInfo> _command;

    private ServerProcess(string data, bool ownsFolder, string[] settings)
    {
        (Data, _ownsFolder) = (data, ownsFolder);
        LmtpSocket = Path.Combine(data, "lmtp.socket");
        _command = () => Programs.Describe("dotnet", [Built.Silo, .. Arguments(Data, Ports, LmtpSocket), .. settings]);
        _process = new NodeProcess(() => _command());
        Cli = new CommandLine(this);
    }

    /// <summary>The data folder.</summary>
    public string Data { get; }

    public ServerPorts Ports { get; private init; } = ServerPorts.Take();

    /// <summary>LMTP is offered here too.</summary>
    public string LmtpSocket { get; }

    public ProcessLog Log => _process.Log;

    public CommandLine Cli { get; }

    public int Id => _process.Id;

    /// <summary>From the start of the process to the line that it is ready, last time.</summary>
    public TimeSpan StartTime => _process.StartTime;

    public int ImapPort => Ports.Imap;

    public int LmtpPort => Ports.Lmtp;

    public string AdminToken => File.ReadAllText(Path.Combine(Data, "admin-token")).Trim();

    /// <summary>A server with a fresh data folder.</summary>
    public static Task<ServerProcess> StartAsync(params string[] settings) =>
        StartAsync(new ServerProcess(Directory.CreateTempSubdirectory("mailgrains-interop-").FullName, ownsFolder: true, settings));

    /// <summary>One with an archive that keeps everything for a year.</summary>
    public static Task<ServerProcess> StartWithArchiveAsync(params string[] settings) =>
        StartAsync(["--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=1y", .. settings]);

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

    public Task<ProgramResult> AdminAsync(string input, params string[] arguments) => Cli.RunAsync(input, arguments);

    /// <summary>The settings every server of these tests is started with.</summary>
    public static IEnumerable<string> Arguments(string data, ServerPorts ports, string lmtpSocket) =>
    [
        $"--Data:Path={data}", $"--Imap:Listen=127.0.0.1:{ports.Imap}", $"--Imaps:Listen=127.0.0.1:{ports.Imaps}",
        $"--Lmtp:Listen=127.0.0.1:{ports.Lmtp},unix:{lmtpSocket}", $"--Http:Listen=127.0.0.1:{ports.Http}",
    ];

    /// <summary>Starts the process again after <see cref="KillAsync"/> or <see cref="StopAsync"/>: same folder, same ports.</summary>
    public Task StartAgainAsync() => _process.StartAsync();

    /// <inheritdoc cref="NodeProcess.KillAsync"/>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc cref="NodeProcess.StopAsync"/>
    public Task<int> StopAsync() => _process.StopAsync();

    /// <summary>SIGTERM, without waiting for the end.</summary>
    public Task SignalStopAsync() => _process.SignalAsync("TERM");

    /// <inheritdoc cref="NodeProcess.EndedAsync"/>
    public Task<int> EndedAsync() => _process.EndedAsync();

    /// <inheritdoc cref="NodeProcess.ResidentOctets"/>
    public long ResidentOctets() => _process.ResidentOctets();

    /// <inheritdoc cref="NodeProcess.PeakResidentOctets"/>
    public long PeakResidentOctets() => _process.PeakResidentOctets();

    /// <inheritdoc cref="NodeProcess.ForgetPeakAsync"/>
    public Task ForgetPeakAsync() => _process.ForgetPeakAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
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
}
