using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Cases;
using MailGrains.TestKit.Clients;
using Xunit;
using static MailGrains.TestKit.Cases.OfficerDesk;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>Who could read which folder on a day is a question an officer can ask, and the log has that it was asked.</summary>
public sealed class CaseFolderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folders_are_told_as_they_were_with_who_could_read_them()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        var before = TimeProvider.System.GetUtcNow();
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, Ada, Password, Cancellation);
        (await imap.RunAsync("CREATE Herons", Cancellation)).Ok();
        var then = TimeProvider.System.GetUtcNow();
        foreach (var command in new[] { "RENAME Herons Birds", "CREATE Fish" }) (await imap.RunAsync(command, Cancellation)).Ok();

        var id = await desk.CaseAsync("Folders");
        Assert.Equal(["Herons"], await OwnAsync(desk, id, "--as-of", then.ToString("O")));
        Assert.Equal(["Birds", "Fish"], await OwnAsync(desk, id));
        Assert.Empty(await OwnAsync(desk, id, "--as-of", before.ToString("O")));
        Assert.Contains("There is no custodian 2", (await desk.TryAsync(Officer, "case", "folders", id, "2")).Errors, StringComparison.Ordinal);
        Assert.Contains("case-search", (await desk.TryAsync(Second, "case", "folders", id, "1")).Errors, StringComparison.Ordinal);

        await desk.RunAsync(Officer, "case", "close", id);
        Assert.Contains("closed", (await desk.TryAsync(Officer, "case", "folders", id, "1")).Errors, StringComparison.Ordinal);
        Assert.Equal(["CaseCreate", "CustodianAdd", "FoldersListed", "FoldersListed", "FoldersListed", "CaseClose"], await desk.LogAsync(id));
    }

    /// <summary>Those the user made; all that are listed can be read by the user alone.</summary>
    private static async Task<string[]> OwnAsync(OfficerDesk desk, string id, params string[] options)
    {
        var told = JsonDocument.Parse((await desk.RunAsync(Officer, ["case", "folders", id, "1", .. options, "--json"])).Output).RootElement;
        Assert.All(told.EnumerateArray(), f => Assert.Equal([Ada], f.GetProperty("readers").EnumerateArray().Select(r => r.GetString())));
        return
        [
            .. told.EnumerateArray().Select(f => f.GetProperty("folder").GetString()!)
                .Where(f => f is "Herons" or "Birds" or "Fish").Order(StringComparer.Ordinal),
        ];
    }
}
