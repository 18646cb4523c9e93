using System.Globalization;
using MailGrains.Tampering.Tests.Damage;
using MailGrains.Tampering.Tests.Engines;
using Xunit;

namespace MailGrains.Tampering.Tests;

/// <summary>What evidence rests on is changed in every way by the owner of the database: whoever checks is told which thing it was.</summary>
public abstract class LogDamage(TamperedEngine engine)
{
    [Fact]
    public async Task Unchanged_data_verifies()
    {
        await using var copy = await engine.CopyAsync();
        var inspection = await Inspection.OfAsync(copy, engine.Auditor);
        inspection.IsUnchanged();
        foreach (var receipt in engine.Auditor.Receipts) Assert.Contains($"receipt: {receipt} is partition ", inspection.Verdict!.Output, StringComparison.Ordinal);
    }

    /// <summary>The files of the node are as they are now, and it remembers what it signed.</summary>
    [Fact]
    public async Task A_database_that_was_put_back_is_not_signed_and_does_not_verify()
    {
        await using var copy = await engine.CopyOlderAsync(isDataFolderOlder: false);
        var inspection = await Inspection.OfAsync(copy, engine.Auditor);
        inspection.Names(new Clue(Told.ByServer, PutBack()));
        inspection.Names(new Clue(Told.ByProgram, $"heads/{engine.Facts.Heads[^1].Number}.txt", End()));
    }

    /// <summary>The server can't notice it, somebody outside does: by what was signed, and by a receipt.</summary>
    [Fact]
    public async Task A_server_that_was_put_back_with_all_it_has_does_not_verify()
    {
        await using var copy = await engine.CopyOlderAsync(isDataFolderOlder: true);
        var inspection = await Inspection.OfAsync(copy, engine.Auditor);
        inspection.Names(new Clue(Told.ByProgram, $"head-{engine.Facts.Heads[^1].Number}.txt", End()));
        var tail = engine.Facts.Tail;
        inspection.Names(new Clue(Told.ByProgram, "receipt r1.", $"mailbox {tail.Account.Value}, sequence {tail.Event.Sequence}", "there is no such event"));
    }

    /// <summary>What the server says of a database that was put back.</summary>
    private protected abstract string PutBack();

    private protected async Task NameAsync(string table, string name)
    {
        var change = Changes.Named(table, name);
        await using var copy = await engine.CopyAsync();
        var clue = await change.MakeAsync(copy, engine.Facts);
        var inspection = change.IsOfShortened
            ? await Inspection.OfAsync(copy, () => engine.Auditor.CheckAsync(copy.Export, LastHead(copy)))
            : await Inspection.OfAsync(copy, engine.Auditor);
        if (clue is null) inspection.IsUnchanged();
        else inspection.Names(clue);
    }

    private static string LastHead(DatabaseCopy copy) => Directory.EnumerateFiles(Path.Combine(copy.Data, "checkpoints"), "*.txt")
        .MaxBy(file => int.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture))!;

    private string End() => $"partition {engine.Facts.Partition}, size {engine.Facts.Signed}: partition {engine.Facts.Partition} ends with position ";
}
