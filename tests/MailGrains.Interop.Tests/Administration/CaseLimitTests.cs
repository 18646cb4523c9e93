using System.Net;
using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Cases;
using MailGrains.TestKit.Clients;
using Xunit;
using static MailGrains.TestKit.Cases.OfficerDesk;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>What a case lets nobody do, and what it never forgets.</summary>
public sealed class CaseLimitTests
{
    private static readonly byte[] First = "Message-ID: <m1@example.org>\r\nSubject: The heron\r\n\r\nFirst.\r\n"u8.ToArray();
    private static readonly byte[] Second = "Message-ID: <m2@example.org>\r\nSubject: The heron again\r\n\r\nSecond.\r\n"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_shows_nothing_but_what_its_searches_went_through()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        var before = TimeProvider.System.GetUtcNow();
        await desk.DeliverAsync(Ada, First);
        var (id, other) = (await desk.CaseAsync("This"), await desk.CaseAsync("Other"));
        var item = ItemsOf(await desk.SearchAsync(other, "*")).Single();
        Assert.Equal(0, (await desk.SearchAsync(id, "*", "--as-of", before.ToString("O"))).GetProperty("hits").GetInt32());
        Assert.Contains("No search", (await desk.TryAsync(Officer, "case", "message", id, item)).Errors, StringComparison.Ordinal);
        await desk.SearchAsync(id, "subject:nothing");
        Assert.Contains("First.", (await desk.RunAsync(Officer, "case", "message", id, item)).Output, StringComparison.Ordinal);

        // What comes later belongs to the other case, where somebody searches again.
        await desk.RunAsync(Officer, "case", "close", id);
        await desk.DeliverAsync(Ada, Second);
        var later = ItemsOf(await desk.SearchAsync(other, "*")).Single(i => i != item);
        Assert.Contains("Second.", (await desk.RunAsync(Officer, "case", "message", other, later)).Output, StringComparison.Ordinal);
        var refused = await desk.TryAsync(Officer, "case", "message", id, later);
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("No search", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("First.", (await desk.RunAsync(Officer, "case", "message", id, item)).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await desk.LogAsync(id)).Count(type => type == "MessageAccessed"));
    }

    [Fact]
    public async Task Looking_through_what_was_searched_in_part_is_written_down()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        var id = await desk.CaseAsync("Partial");
        await desk.SearchAsync(id, "*");
        await desk.RunAsync(Officer, "case", "close", id);
        await desk.RunAsync(Officer, "case", "partial", id, "1");
        Assert.Equal(1, (await desk.TryAsync(Officer, "case", "partial", id, "2")).ExitCode);
        Assert.Equal(["CaseCreate", "CustodianAdd", "SearchPerformed", "CaseClose", "PartialListed"], await desk.LogAsync(id));
    }

    [Fact]
    public async Task The_administrator_is_shown_no_log_of_a_case()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        await desk.DeliverAsync(Ada, First);
        var id = await desk.CaseAsync("Zebrafish");
        var item = ItemsOf(await desk.SearchAsync(id, "heron NOT tapeworm")).Single();
        await desk.RunAsync(Officer, "case", "tag", id, "responsive", item);
        foreach (var format in new[] { "json", "cyrus", "bonnie" })
        {
            var told = (await server.Cli.RunAsync("events", "tail", "--last", "1000", "--format", format)).Succeeded().Output;
            Assert.Contains("MessageNew", told, StringComparison.Ordinal);
            foreach (var secret in new[] { "Zebrafish", "tapeworm", "responsive", "SearchPerformed" })
                Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
        }

        // Their places are there, so that who reads on sees that nothing is missing.
        var lines = (await server.Cli.RunAsync("events", "tail", "--last", "1000")).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        foreach (var partition in lines.GroupBy(l => l.GetProperty("partition").GetInt32(), l => l.GetProperty("position").GetInt32()))
            Assert.Equal(Enumerable.Range(1, partition.Count()), partition);
        Assert.Contains(lines, line => line.GetProperty("event").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task An_export_is_the_same_whatever_was_tagged_and_flagged_since()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        await desk.DeliverAsync(Ada, First);
        await desk.DeliverAsync(Ada, Second);
        var id = await desk.CaseAsync("Again");
        var items = ItemsOf(await desk.SearchAsync(id, "heron NOT flag:seen"));
        await desk.RunAsync(Officer, "case", "tag", id, "responsive", items[0]);
        using var folder = new TemporaryFolder();
        await desk.RunAsync(Officer, "case", "export", id, "1", Path.Combine(folder.Path, "tagged"), "--tag", "responsive");
        await desk.RunAsync(Officer, "case", "export", id, "1", Path.Combine(folder.Path, "all"));

        await desk.RunAsync(Officer, "case", "tag", id, "responsive", items[0], "--remove");
        await desk.RunAsync(Officer, "case", "tag", id, "privileged", items[1]);
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, Ada, Password, Cancellation))
            foreach (var command in new[] { "SELECT INBOX", "STORE 1:* +FLAGS (\\Seen)" }) (await imap.RunAsync(command, Cancellation)).Ok();
        Assert.Equal(0, (await desk.SearchAsync(id, "heron NOT flag:seen")).GetProperty("hits").GetInt32());

        // As a node sees it that has not written them.
        Directory.Delete(Path.Combine(server.Data, "exports"), recursive: true);
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = BasicLogin.Of(Officer, Password) } };
        for (var number = 1; number <= 2; number++)
        {
            using var files = await http.GetAsync($"http://127.0.0.1:{server.Ports.Http}/api/cases/{id}/exports/{number}/files", Cancellation);
            Assert.Equal(HttpStatusCode.OK, files.StatusCode);
        }
    }

    [Fact]
    public async Task A_hold_on_nobody_is_refused()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        var id = (await desk.RunAsync(Officer, "case", "create", "Nobody")).Output.Trim();
        foreach (var command in new[] { "hold", "release" })
        {
            var refused = await desk.TryAsync(Officer, "case", command, id, "--reason", "litigation");
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("no custodians", refused.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(["CaseCreate"], await desk.LogAsync(id));
    }

    [Fact]
    public async Task Nothing_is_left_of_an_export_that_was_not_finished()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        await desk.DeliverAsync(Ada, First);
        var id = await desk.CaseAsync("Left");
        await desk.SearchAsync(id, "*");

        // As a process leaves it that is killed while it writes, or before the export is in the log of the case.
        var left = Path.Combine(server.Data, "exports", $".case-{id}-0123456789abcdef0123456789abcdef");
        Directory.CreateDirectory(Path.Combine(left, "natives"));
        await File.WriteAllBytesAsync(Path.Combine(left, "natives", "1.1.eml"), First, Cancellation);
        using var folder = new TemporaryFolder();
        await desk.RunAsync(Officer, "case", "export", id, "1", Path.Combine(folder.Path, "export"));
        Assert.Equal([$"case-{id}-1"], Directory.GetFileSystemEntries(Path.Combine(server.Data, "exports")).Select(Path.GetFileName));
    }

    private static string[] ItemsOf(JsonElement answer) => [.. answer.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("item").GetString()!)];
}
