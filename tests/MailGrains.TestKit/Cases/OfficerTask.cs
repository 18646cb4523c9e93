using System.Text;
using System.Text.Json;
using MailGrains.TestKit.Checking;
using Xunit;
using static MailGrains.TestKit.Cases.OfficerDesk;

namespace MailGrains.TestKit.Cases;

/// <summary>An officer's work on a case, from the first hold to the last release: what users expunge meanwhile is found and exported.</summary>
/// <param name="desk">Where it is done.</param>
/// <param name="after">Runs after each step: the place for accidents.</param>
internal sealed class OfficerTask(OfficerDesk desk, Func<OfficerStep, Task> after)
{
    private static readonly byte[] s_secret =
        "Message-ID: <m1@example.org>\r\nFrom: Bob <bob@example.org>\r\nSubject: The merger\r\n\r\nBurn after reading, says the heron.\r\n"u8.ToArray();

    private string _case = "";

    public async Task RunAsync(CancellationToken cancellation)
    {
        await HoldAsync();
        await after(OfficerStep.Held);
        var before = TimeProvider.System.GetUtcNow();
        foreach (var user in new[] { Ada, Bob }) await desk.ExpungeAllAsync(user);
        await after(OfficerStep.Expunged);
        var (search, item) = await FindAsync(before);
        await after(OfficerStep.Found);
        await ExportAsync(search, item);
        await after(OfficerStep.Exported);
        await ReleaseAsync();
        await after(OfficerStep.Closed);

        // Each act once, also where its first answer was lost.
        Assert.Equal(
            [
                "CaseCreate", "CustodianAdd", "CustodianAdd", "HoldApplied", "SearchPerformed", "SearchPerformed", "SearchPerformed", "MessageAccessed",
                "ItemsTagged", "ExportCreated", "ExportFetched", "ExportCreated", "ExportFetched", "HoldReleaseAsked", "HoldReleased", "CaseClose",
            ],
            await desk.LogAsync(_case));
        await EvidenceExport.VerifyAsync(desk.Product, "all", [], cancellation);
    }

    private async Task HoldAsync()
    {
        await desk.DeliverAsync(Ada, s_secret);
        await desk.DeliverAsync(Ada, "Message-ID: <m2@example.org>\r\nSubject: Lunch\r\n\r\nAt noon?\r\n"u8.ToArray());
        await desk.DeliverAsync(Bob, "Message-ID: <m3@example.org>\r\nSubject: The heron\r\n\r\nNobody knows.\r\n"u8.ToArray());
        _case = (await desk.RunAsync(Officer, "case", "create", "Project Heron", "--two-people")).Output.Trim();
        await desk.RunAsync(Officer, "case", "custodian", _case, Ada, Bob);
        await desk.RunAsync(Officer, "case", "hold", _case, "--reason", "litigation");
    }

    /// <summary>Live mail has nothing any more; what was there is found, in every mailbox that had it.</summary>
    private async Task<(string Search, string Item)> FindAsync(DateTimeOffset before)
    {
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1);
        Assert.Equal(0, Hits(await desk.SearchAsync(_case, "heron", "--as-of", later.ToString("O"))));
        Assert.Equal(2, Hits(await desk.SearchAsync(_case, "heron", "--as-of", before.ToString("O"))));
        var found = await desk.SearchAsync(_case, "heron AND subject:merger");
        var item = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.True(item.GetProperty("deleted").GetBoolean());
        Assert.Equal(Ada, item.GetProperty("custodian").GetString());

        var name = item.GetProperty("item").GetString()!;
        var message = (await desk.RunAsync(Officer, "case", "message", _case, name)).Output;
        Assert.Contains("Delivered-To: " + Ada, message);
        Assert.EndsWith(Encoding.ASCII.GetString(s_secret).ReplaceLineEndings("\n"), message.ReplaceLineEndings("\n"));
        await desk.RunAsync(Officer, "case", "tag", _case, "responsive", name);
        return (found.GetProperty("number").GetInt32().ToString(), name);
    }

    private async Task ExportAsync(string search, string item)
    {
        using var folder = new TemporaryFolder();
        var (first, again) = (Path.Combine(folder.Path, "first"), Path.Combine(folder.Path, "again"));
        await desk.RunAsync(Officer, "case", "export", _case, search, first, "--tag", "responsive");
        await desk.RunAsync(Officer, "case", "export", _case, search, again, "--tag", "responsive");
        Assert.True(File.ReadAllBytes(Path.Combine(first, "natives", item + ".eml")).AsSpan().EndsWith(s_secret));
        Assert.Equal(File.ReadAllText(Path.Combine(first, "manifest.sha256")), File.ReadAllText(Path.Combine(again, "manifest.sha256")));
        await ChecksAsync(first);
    }

    /// <summary>One officer asks, another agrees.</summary>
    private async Task ReleaseAsync()
    {
        await desk.RunAsync(Officer, "case", "release", _case, "--reason", "settled");
        await after(OfficerStep.ReleaseAsked);
        var alone = await desk.TryAsync(Officer, "case", "release", _case, "--reason", "settled");
        Assert.Contains("somebody else", alone.Errors);
        Assert.Equal(["release-asked", "release-asked"], await desk.HoldsAsync(_case));
        await desk.RunAsync(Second, "case", "release", _case, "--reason", "agreed");
        Assert.Equal(["released", "released"], await desk.HoldsAsync(_case));
        await desk.RunAsync(Officer, "case", "close", _case);
    }

    private static int Hits(JsonElement answer) => answer.GetProperty("hits").GetInt32();
}
