using System.Text.Json;
using MailGrains.Tampering.Tests.Damage;
using MailGrains.Tampering.Tests.Engines;
using MailGrains.Tampering.Tests.History;
using Xunit;

namespace MailGrains.Tampering.Tests;

/// <summary>
/// A server whose database was changed while it was stopped is started and asked: <c>mailgrains verify</c> names what is not as the log says, in each of the
/// mailboxes that somebody tampered with and in no other; and its own export of the log names what was done to that.
/// </summary>
public abstract class MailboxDamage(TamperedEngine engine)
{
    /// <summary>The first ones have acts of administrators in their logs, and the last one is full of mail.</summary>
    private const int FirstVictim = 2;

    internal static readonly MailboxChange[] All = [.. FolderChanges.All, .. MessageChanges.All];

    [Fact]
    public async Task A_running_server_names_everything()
    {
        await using var copy = await engine.CopyAsync();
        var facts = engine.Facts;
        var clues = new Dictionary<string, (MailboxChange Change, string[] Clue)>();
        foreach (var (change, user) in All.Where(change => change.Only is null || change.Only == copy.GetType()).Zip(MailHistory.Users.Skip(FirstVictim)))
            clues.Add(user, (change, await change.MakeAsync(await Victim.OfAsync(copy, facts, user))));
        Assert.True(clues.Count < MailHistory.Users.Count - FirstVictim, "There is none left whom nobody does anything to.");
        await copy.CloseAsync();

        await using var silo = engine.SiloOn(copy);
        await silo.StartAsync();
        var verified = await silo.AdminAsync("", "verify", "--json");
        Assert.True(verified.ExitCode == 1, verified.ToString());
        var problems = JsonDocument.Parse(verified.Output).RootElement.EnumerateArray().ToDictionary(
            report => report.GetProperty("account").GetString()!, report => report.GetProperty("problems").EnumerateArray().Select(Sentence).ToList());
        var missed = clues.Where(c => !problems[c.Key].Exists(p => Fits(p, c.Value.Clue)))
            .Select(c => $"{c.Value.Change.Table}, {c.Value.Change.Name}: {string.Join(" … ", c.Value.Clue)}\n{string.Join('\n', problems[c.Key])}");
        Assert.True(!missed.Any(), string.Join("\n\n", missed));
        Assert.Equal(MailHistory.Users.Except(clues.Keys).Order(), problems.Where(p => p.Value.Count == 0).Select(p => p.Key).Order());
    }

    /// <summary>The same as elsewhere, by the commands of administrators.</summary>
    [Fact]
    public async Task A_running_server_does_not_sign_and_exports_what_is_there()
    {
        await using var copy = await engine.CopyAsync();
        var facts = engine.Facts;
        var inLog = await Changes.Named("event", "update payload").MakeAsync(copy, facts);
        var inBodies = await Changes.Named("body", "update blob").MakeAsync(copy, facts);
        await copy.CloseAsync();

        await using var silo = engine.SiloOn(copy);
        await silo.StartAsync();
        var refused = await silo.AdminAsync("", "evidence", "checkpoints");
        Assert.Contains($"partition {facts.Partition}: the event at position {facts.Arrival.Position} was changed", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        var export = (await silo.ListAsync("evidence", "export", "all"))[0].GetProperty("folder").GetString()!;
        var inspection = new Inspection([], await engine.Auditor.CheckAsync(export));
        inspection.Names(inLog!);
        inspection.Names(inBodies!);
        var verified = await silo.AdminAsync("", "verify", facts.Arrival.Account.Value.ToString());
        Assert.Contains($"the chain of events is broken at number {facts.Arrival.Event.Sequence}", verified.Output, StringComparison.Ordinal);
        Assert.Equal(1, verified.ExitCode);

        // While it runs: what keeps it from writing an export is told to whoever asks for one.
        await copy.ReopenAsync();
        await copy.InsertAsync("log_start", new Dictionary<string, object?> { ["partition"] = 0, ["removed"] = 256L, ["latest"] = 0L, ["edge"] = new byte[] { 1 } });
        await copy.CloseAsync();
        var none = await silo.AdminAsync("", "evidence", "export", "none");
        Assert.Contains("Of partition 0 the store says that it begins with position 257", none.Errors, StringComparison.Ordinal);
        Assert.Equal(1, none.ExitCode);
    }

    private static bool Fits(string problem, string[] clue) =>
        problem.StartsWith(clue[0] + " ", StringComparison.Ordinal) && clue.Skip(1).All(part => problem.Contains(part, StringComparison.Ordinal));

    /// <summary>Folder, UID and what is wrong.</summary>
    private static string Sentence(JsonElement problem) =>
        $"{problem.GetProperty("folder").GetString()} {(problem.GetProperty("uid") is { ValueKind: JsonValueKind.Number } uid ? $"{uid}: " : "")}{problem.GetProperty("problem").GetString()}";
}
