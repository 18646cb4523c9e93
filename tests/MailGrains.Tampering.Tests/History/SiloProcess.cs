using System.Text.Json;

namespace MailGrains.Tampering.Tests.History;

/// <summary>One silo on a data folder, whatever its store is.</summary>
/// <param name="data">Its data folder.</param>
/// <param name="settings">Further settings, as on a command line.</param>
internal sealed class SiloProcess(string data, IReadOnlyList<string> settings) : IRunningProduct, IAsyncDisposable
{
    private readonly int _httpPort = FreePorts.Take();
    private NodeProcess? _process;

    public int ImapPort { get; } = FreePorts.Take();

    public int LmtpPort { get; } = FreePorts.Take();

    public async Task StartAsync()
    {
        _process ??= new NodeProcess(() => Programs.Describe("dotnet", Arguments()));
        await _process.StartAsync();
    }

    /// <summary>In order: everything is in the database and the files afterwards.</summary>
    public async Task StopAsync()
    {
        var code = await _process!.StopAsync();
        if (code != 0) throw new InvalidOperationException($"The server ended with {code}:\n{_process.Log}");
    }

    public Task<ProgramResult> AdminAsync(string input, params string[] arguments) =>
        AdminProgram.RunAsync(_httpPort, File.ReadAllText(Path.Combine(data, "admin-token")).Trim(), input, arguments);

    /// <summary>What a command lists.</summary>
    public async Task<JsonElement> ListAsync(params string[] arguments) =>
        JsonDocument.Parse((await AdminAsync("", [.. arguments, "--json"])).Succeeded().Output).RootElement;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }

    private string[] Arguments() =>
    [
        Built.Silo, $"--Data:Path={data}", $"--Imap:Listen=127.0.0.1:{ImapPort}", "--Imaps:Listen=", $"--Lmtp:Listen=127.0.0.1:{LmtpPort}",
        $"--Http:Listen=127.0.0.1:{_httpPort}", "--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=forever", .. settings,
    ];
}
