using System.Text.Json;
using MailGrains.Interop.Tests.RealInput;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Cases;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>The archive and its index lie on a disk that is full for a while; the mail lies on another.</summary>
public sealed class ArchiveDiskFullTests
{
    /// <summary>Long before that both must have run out of space.</summary>
    private const int Most = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_is_taken_while_the_archive_has_no_space_and_is_archived_when_there_is_some()
    {
        await using var disk = await SmallDisk.MountAsync("16m");
        using var data = new TemporaryFolder();
        foreach (var file in new[] { "records.db", "index.db" }) File.CreateSymbolicLink(Path.Combine(data.Path, file), Path.Combine(disk.Path, file));
        await using var server = await ServerProcess.StartOnAsync(data.Path, "--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=forever");
        var desk = await OfficerDesk.OpenAsync(server);
        var histories = new List<MessageHistory>();
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        await DeliverAsync(lmtp, histories);
        await ArchiveCheck.CaughtUpAsync(server, Cancellation);

        // 1. No space: every delivery is acknowledged, and those who wait say why.
        disk.Fill();
        var troubles = new Dictionary<string, string>();
        while (troubles.Count < 2 && histories.Count < Most)
        {
            await DeliverAsync(lmtp, histories);
            troubles = await TroublesAsync(server);
        }

        Assert.Equal(["archive", "full-text"], troubles.Keys.Order());
        Assert.All(troubles.Values, trouble => Assert.Contains("database or disk is full", trouble));
        Assert.Contains("waits: ", (await server.Cli.RunAsync("subscriber", "list")).Succeeded().Output);
        for (var n = 0; n < 20; n++) await DeliverAsync(lmtp, histories);
        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, OfficerDesk.Ada, OfficerDesk.Password, "INBOX", Cancellation);
        Assert.Equal(histories.Count, stored.Count);

        // 2. Space again: the same process archives and indexes all of it.
        disk.Free();
        await ArchiveCheck.CaughtUpAsync(server, Cancellation);
        Assert.Empty(await TroublesAsync(server));
        var id = (await desk.RunAsync(OfficerDesk.Officer, "case", "create", "Full disk")).Output.Trim();
        await desk.RunAsync(OfficerDesk.Officer, "case", "custodian", id, OfficerDesk.Ada);
        var found = await desk.SearchAsync(id, "subject:token");
        Assert.Equal((histories.Count, 0), (found.GetProperty("hits").GetInt32(), found.GetProperty("partial").GetInt32()));
        (await server.Cli.RunAsync("verify")).Succeeded();

        // 3. Each delivery has one event, one entry and a receipt.
        var archive = await ArchiveCheck.OfAsync(server, histories);
        await EvidenceExport.VerifyAsync(server, "full", archive.Receipts, Cancellation);
        Assert.Equal(0, await server.StopAsync());
        var (events, entries) = (await ArchiveReadings.EventsAsync(data.Path, Cancellation), await ArchiveReadings.EntriesAsync(data.Path, Cancellation));
        Assert.Empty(archive.Problems(events, entries));
        TestContext.Current.TestOutputHelper?.WriteLine(archive.Counts(events, entries));
    }

    /// <summary>Delivers one more message, which must be acknowledged.</summary>
    private static async Task DeliverAsync(RawLmtp lmtp, List<MessageHistory> histories)
    {
        var token = $"full-{histories.Count}";
        var history = new MessageHistory(OfficerDesk.Ada, token, LoadMessages.Make(token)) { Delivered = true, Sender = "full@example.net" };
        await LmtpLoad.DeliverAgainAsync(lmtp, history, Cancellation);
        histories.Add(history);
    }

    /// <summary>What keeps subscribers from going on, by their names.</summary>
    private static async Task<Dictionary<string, string>> TroublesAsync(ServerProcess server) =>
        JsonDocument.Parse((await server.Cli.RunAsync("subscriber", "list", "--json")).Succeeded().Output).RootElement.EnumerateArray()
            .Where(s => s.GetProperty("trouble").ValueKind == JsonValueKind.String)
            .GroupBy(s => s.GetProperty("name").GetString()!)
            .ToDictionary(g => g.Key, g => g.First().GetProperty("trouble").GetString()!);
}
