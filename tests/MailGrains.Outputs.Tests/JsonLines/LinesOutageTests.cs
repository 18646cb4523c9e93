using System.Text.Json.Nodes;
using MailGrains.Outputs.Tests.Stage;
using MailGrains.Subscribers.JsonLines;
using MailGrains.TestKit;

namespace MailGrains.Outputs.Tests.JsonLines;

/// <summary>Files that can't be written for long.</summary>
public sealed class LinesOutageTests : IAsyncDisposable
{
    private readonly OutputStage _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_disk_that_is_away_for_an_hour_has_every_event_once_afterwards()
    {
        using var folder = new TemporaryFolder();
        var disk = Path.Combine(folder.Path, "disk");
        await File.WriteAllTextAsync(disk, "no folder", TestContext.Current.CancellationToken);
        var ids = new List<string>(await _stage.WriteAsync("MessageNew", 20));
        var delivery = _stage.Deliver(new JsonLinesHandler("audit", new JsonLinesOptions(Path.Combine(disk, "lines"))));
        ids.AddRange(await _stage.FailsForAnHourAsync(delivery));
        File.Delete(disk);
        await _stage.CatchesUpAsync("audit");
        var lines = await File.ReadAllLinesAsync(Path.Combine(disk, "lines", "0.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(ids, lines.Select(line => (string)JsonNode.Parse(line)!["event"]!["id"]!));
        Assert.Empty(await _stage.DeadAsync("audit"));
    }
}
