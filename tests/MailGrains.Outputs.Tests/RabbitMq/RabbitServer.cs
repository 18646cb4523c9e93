using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MailGrains.TestKit;

namespace MailGrains.Outputs.Tests.RabbitMq;

/// <summary>
/// A RabbitMQ broker of the tests' own: on free ports of 127.0.0.1, with its data in a temporary folder and a port mapper of its own, so that none that runs on
/// this machine is touched. It runs as the user <c>rabbitmq</c> when the tests run as root.
/// </summary>
public sealed class RabbitServer : IAsyncLifetime
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string User = "rabbitmq";

    private static readonly bool IsRoot = Environment.UserName == "root";

    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private Process? _mapper;
    private Process? _broker;
    private int _mapperPort;
    private int _distributionPort;

    public int Port { get; private set; }

    public Uri Url => new($"amqp://guest@127.0.0.1:{Port}/");

    private string Data => Path.Combine(_folder.Path, "broker");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts it if it isn't there; skips the test where RabbitMQ is not installed.</summary>
    public async Task EnsureStartedAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "RabbitMQ is not installed (apt-get install rabbitmq-server).");
        await _starting.WaitAsync();
        try
        {
            if (_broker is not null) return;
            if (_mapper is null) await PrepareAsync();
            _broker = Start(Program);
            await ReadyAsync(_broker);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Ends it at once, with whatever it was doing.</summary>
    public async Task KillAsync()
    {
        if (_broker is null) return;
        await EndAsync(_broker);
        _broker = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_mapper is not null) await EndAsync(_mapper);
        _folder.Dispose();
        _starting.Dispose();
    }

    private async Task PrepareAsync()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "enabled_plugins"), "[].\n");
        if (IsRoot)
        {
            await RunAsync("chown", "-R", $"{User}:{User}", Data);
            await RunAsync("chmod", "0711", _folder.Path);
        }

        (Port, _distributionPort, _mapperPort) = (FreePort(), FreePort(), FreePort());
        _mapper = Start("/usr/bin/epmd", "-address", "127.0.0.1", "-port", $"{_mapperPort}");
        _ = _mapper.StandardOutput.ReadToEndAsync();
        _ = _mapper.StandardError.ReadToEndAsync();
    }

    private Process Start(string program, params string[] arguments)
    {
        string[] user = IsRoot ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", program] : [program];
        var start = new ProcessStartInfo(user[0], [.. user[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Data,
        };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = Data,
            ["ERL_EPMD_PORT"] = $"{_mapperPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"mailgrains{Port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{Port}",
            ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Data, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(Data, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(Data, "pid"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(Data, "enabled_plugins"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(Data, "no-environment"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(Data, "no-configuration"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(Data, "no-configuration-either"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
        })
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task ReadyAsync(Process broker)
    {
        var errors = broker.StandardError.ReadToEndAsync();
        var said = new List<string>();
        while (await broker.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (!line.Contains("completed with", StringComparison.Ordinal)) continue;
            _ = broker.StandardOutput.ReadToEndAsync();
            return;
        }

        throw new InvalidOperationException($"RabbitMQ does not start: {string.Join('\n', said)} {await errors}");
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
