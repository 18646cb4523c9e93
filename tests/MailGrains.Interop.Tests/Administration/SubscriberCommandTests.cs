using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Clients;
using MailGrains.TestKit.Processes;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>A server that writes its events to files, steered by the command line, and killed.</summary>
public sealed class SubscriberCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_written_to_files_once_each_through_pauses_rewinds_and_kills()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync("--Subscribers:audit:Kind=jsonl", $"--Subscribers:audit:Path={folder.Path}");
        var cli = server.Cli;
        await cli.AddAccountAsync("ada@example.org", "x");
        for (var i = 0; i < 20; i++) Assert.StartsWith("250", await DeliverAsync(server));
        await WaitAsync(async () => await BehindAsync(cli) == 0);

        (await cli.RunAsync("subscriber", "pause", "audit")).Succeeded();
        for (var i = 0; i < 20; i++) Assert.StartsWith("250", await DeliverAsync(server));
        Assert.True(await BehindAsync(cli) >= 20);
        await server.KillAsync();
        await server.StartAgainAsync();
        Assert.True(await BehindAsync(cli) >= 20);

        (await cli.RunAsync("subscriber", "resume", "audit")).Succeeded();
        await WaitAsync(async () => await BehindAsync(cli) == 0);
        (await cli.RunAsync("subscriber", "rewind", "audit", "beginning")).Succeeded();
        await WaitAsync(async () => await BehindAsync(cli) == 0);

        var logged = await EventsAsync(cli);
        Assert.Equal(40, logged.Count(e => e.Contains("\"type\":\"MessageNew\"", StringComparison.Ordinal)));
        foreach (var format in new[] { "cyrus", "bonnie" })
            Assert.Equal(40, (await EventsAsync(cli, "--format", format)).Count(e => JsonDocument.Parse(e).RootElement.GetProperty("event").ValueEquals("MessageNew")));
        await server.StopAsync();
        var written = new DirectoryInfo(folder.Path).EnumerateFiles("*.jsonl").SelectMany(f => File.ReadLines(f.FullName)).Select(Place).ToList();
        Assert.Equal(written.Count, written.Distinct().Count());
        Assert.Empty(logged.Select(Place).Except(written));
    }

    /// <summary>A handler from a file, in the server as it is shipped.</summary>
    [Fact]
    public async Task A_plugin_is_brought_events()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "types");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
        await using var server = await ServerProcess.StartAsync(
            "--Subscribers:types:Kind=plugin",
            $"--Subscribers:types:Assembly={Path.Combine(Built.Root, "tests/MailGrains.SamplePlugin/bin", configuration, "net10.0/MailGrains.SamplePlugin.dll")}",
            "--Subscribers:types:Type=MailGrains.SamplePlugin.TypeListFactory",
            "--Subscribers:types:Types=MessageNew",
            $"--Subscribers:types:Path={path}");
        await server.Cli.AddAccountAsync("ada@example.org", "x");
        for (var i = 0; i < 3; i++) Assert.StartsWith("250", await DeliverAsync(server));
        await WaitAsync(async () => await BehindAsync(server.Cli) == 0);
        Assert.All(await File.ReadAllLinesAsync(path, Cancellation), line => Assert.EndsWith(" MessageNew", line, StringComparison.Ordinal));
        Assert.Equal(3, (await File.ReadAllLinesAsync(path, Cancellation)).Length);
    }

    [Fact]
    public async Task Names_and_places_that_are_none_are_refused()
    {
        await using var server = await ServerProcess.StartAsync();
        Assert.Equal(1, (await server.Cli.RunAsync("subscriber", "pause", "nobody")).ExitCode);
        Assert.Equal(1, (await server.Cli.RunAsync("subscriber", "rewind", "nobody", "yesterday")).ExitCode);
        Assert.Equal(0, Json(await server.Cli.RunAsync("subscriber", "list", "--json")).GetArrayLength());
        Assert.Equal(0, Json(await server.Cli.RunAsync("subscriber", "dead-letters", "nobody", "--json")).GetArrayLength());
    }

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        while (!await condition()) Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>In all partitions; the maximum while not all have started.</summary>
    private static async Task<long> BehindAsync(CommandLine cli)
    {
        var partitions = Json(await cli.RunAsync("events", "stats", "--json")).GetArrayLength();
        var places = Json(await cli.RunAsync("subscriber", "list", "--json"));
        return places.GetArrayLength() < partitions
            ? long.MaxValue
            : places.EnumerateArray().Sum(s => s.GetProperty("head").GetInt64() - s.GetProperty("position").GetInt64());
    }

    private static async Task<List<string>> EventsAsync(CommandLine cli, params string[] more) =>
        [.. (await cli.RunAsync(["events", "tail", "--last", "1000", .. more])).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static (int Partition, long Position, string Hash) Place(string line)
    {
        using var parsed = JsonDocument.Parse(line);
        var root = parsed.RootElement;
        return (root.GetProperty("partition").GetInt32(), root.GetProperty("position").GetInt64(), root.GetProperty("hash").GetString()!);
    }

    private static async Task<string> DeliverAsync(ServerProcess server)
    {
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        return (await lmtp.DeliverAsync("a@example.net", ["ada@example.org"], System.Text.Encoding.ASCII.GetBytes($"X-Id: {Guid.NewGuid()}\r\n\r\n"), Cancellation))[0];
    }

    private static JsonElement Json(ProgramResult result) => JsonDocument.Parse(result.Succeeded().Output).RootElement;
}
