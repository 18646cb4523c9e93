using System.Text;
using MailGrains.Evidence.Notes;
using Xunit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>Each kind of change to an export, made as carefully as somebody without the private key can, and the line that names its place.</summary>
public sealed class TamperTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_was_changed()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        export.Rewrite(1, lines => Replace(lines, 16, ExportedFolder.With(lines[16], row => row["payload"] = Changed((string)row["payload"]!))));
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names("partition 1, position 17, mailbox 0191a0b0-0000-7000-8000-", ", sequence 6", "the event was changed");
    }

    [Theory]
    [InlineData("at", 1772368215000000)]
    [InlineData("sequence", 60)]
    public async Task A_column_was_changed(string column, long value)
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        export.Rewrite(0, lines => Replace(lines, 4, ExportedFolder.With(lines[4], row => row[column] = value)));
        (await Verifier.CheckAsync(export.Path)).Names("partition 0, position 5, mailbox", "the event was changed");
    }

    /// <summary>The hash is computed anew, too, and then the whole chain of the mailbox: only the tree is left to tell.</summary>
    [Fact]
    public async Task An_event_was_changed_and_the_chain_computed_anew()
    {
        var log = new TestLog();
        var signed = await NotesAsync(log, 1);
        Rechain(log, 1, 14, "Logout");
        using var export = await ExportedFolder.OfAsync(log);
        foreach (var (size, note) in signed) await File.WriteAllTextAsync(export.Checkpoint(1, size), note, None);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names("checkpoints/1/20.txt", "partition 1", "the change is in positions 11 to 20");
        Assert.DoesNotContain(verdict.Problems, p => p.Contains("checkpoints/1/10.txt", StringComparison.Ordinal) || p.Contains("partition 0", StringComparison.Ordinal));
    }

    /// <summary>Whoever also signs anew with a key of his own is found out by the key kept elsewhere.</summary>
    [Fact]
    public async Task Everything_was_signed_anew_with_another_key()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        using var forger = NoteSigner.Generate(TestLog.Name);
        await File.WriteAllTextAsync(export.Checkpoint(1, 20), log.CheckpointOf(1, 20).Sign(forger).ToString(), None);
        (await Verifier.CheckAsync(export.Path)).Names("checkpoints/1/20.txt", "partition 1, size 20", "it is not signed by " + Verifier.Key);

        var text = await File.ReadAllTextAsync(export.File("log.json"), None);
        await File.WriteAllTextAsync(export.File("log.json"), text.Replace(Verifier.Key, forger.Verifier.ToString(), StringComparison.Ordinal), None);
        (await Verifier.CheckAsync(export.Path)).Names("log.json", "another key");
    }

    [Fact]
    public async Task An_event_was_deleted()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        export.Rewrite(0, lines => [.. lines[..6], .. lines[7..]]);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names("partition 0, position 8", "position 7 is missing");
        verdict.Names("partition 0, position 10", "mailbox", "sequence 4", "sequences 3 to 3 are missing");
        verdict.Names("checkpoints/0/10.txt", "positions 7 to 7 are missing");
        Assert.DoesNotContain(verdict.Problems, p => p.Contains("partition 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_was_deleted_and_the_gap_closed()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        export.Rewrite(0, lines => Renumber([.. lines[..6], .. lines[7..]]));
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names("partition 0, position 9, mailbox", "sequence 4", "missing before it");
        verdict.Names("checkpoints/0/10.txt", "the change is in positions 1 to 10");
        verdict.Names("checkpoints/0/30.txt", "partition 0 ends with position 29");
    }

    [Fact]
    public async Task An_event_was_inserted()
    {
        var log = new TestLog();
        var last = log.Events[0][6];
        var made = TestLog.Make(0, 8, last.Account, last, last.Event.At.AddSeconds(1), "Login", "");
        var line = Encoding.UTF8.GetString(Export.ExportFolder.Line(made)).TrimEnd();
        using var export = await ExportedFolder.OfAsync(log);
        export.Rewrite(0, lines => Renumber([.. lines[..7], line, .. lines[7..]]));
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names($"partition 0, position 11, mailbox {last.Account.Value}, sequence 4", "twice");
        verdict.Names("checkpoints/0/10.txt", "the change is in positions 1 to 10");

        export.Rewrite(0, lines => [.. lines, lines[3]]);
        (await Verifier.CheckAsync(export.Path)).Names("partition 0, position 4, mailbox", "there twice");
    }

    [Fact]
    public async Task Two_events_were_swapped()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        export.Rewrite(1, lines => Swap(lines, 11, 12));
        (await Verifier.CheckAsync(export.Path)).Names("partition 1, position 12, mailbox", "wrong order");
    }

    /// <summary>Two mailboxes' events: both chains are whole, only the partition's order has changed.</summary>
    [Fact]
    public async Task Two_events_were_swapped_and_renumbered()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        export.Rewrite(1, lines => Renumber(Swap(lines, 11, 12)));
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names("checkpoints/1/20.txt", "partition 1", "the change is in positions 11 to 20");
        verdict.Names("heads/2.txt", "partition 1", "the change is in positions 11 to 20");
        Assert.All(verdict.Problems, p => Assert.Contains("partition 1", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_was_cut_off()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        export.Rewrite(0, lines => lines[..25]);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names("checkpoints/0/30.txt", "partition 0 ends with position 25: what was signed after it is missing");
        verdict.Names("heads/3.txt", "partition 0 ends with position 25: what was signed after it is missing");
        Assert.Equal(2, verdict.Problems.Count);
    }

    [Fact]
    public async Task A_partition_was_rolled_back_to_an_older_copy()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var kept = export.Outside("kept.txt", await File.ReadAllTextAsync(export.Checkpoint(1, 30), None));
        export.Rewrite(1, lines => lines[..20]);
        File.Delete(export.Checkpoint(1, 30));

        // The last head knows better.
        var headed = await Verifier.CheckAsync(export.Path);
        headed.Names("heads/3.txt", "partition 1, size 30", "ends with position 20");
        Assert.Single(headed.Problems);

        // Without it all that is there was signed once; only what was kept elsewhere knows that there was more.
        File.Delete(export.Head(3));
        (await Verifier.CheckAsync(export.Path)).IsUnchanged();
        var verdict = await Verifier.CheckAsync(export.Path, "--checkpoint", kept, "--receipt", log.ReceiptOf(1, 25).ToString());
        verdict.Names("kept.txt", "partition 1, size 30", "ends with position 20");
        verdict.Names($"receipt {log.ReceiptOf(1, 25)}", "there is no such event");
        Assert.Equal(2, verdict.Problems.Count);
    }

    /// <summary>Another history from position 15 on, signed by the log's own key: a checkpoint of the first one is not its beginning.</summary>
    [Fact]
    public async Task The_log_itself_signed_another_history()
    {
        var log = new TestLog();
        var before = log.CheckpointOf(1, 20).Sign(TestKeys.Golden).ToString();
        var receipt = log.ReceiptOf(1, 15);
        Rechain(log, 1, 14, "Logout");
        using var export = await ExportedFolder.OfAsync(log);
        (await Verifier.CheckAsync(export.Path)).IsUnchanged();
        var verdict = await Verifier.CheckAsync(export.Path, "--checkpoint", export.Outside("kept.txt", before), "--receipt", receipt.ToString());
        verdict.Names("kept.txt", "partition 1", "for size 20");
        verdict.Names($"receipt {receipt}", "partition 1, position 15", "another one, or was changed");
    }

    [Fact]
    public async Task A_body_was_changed()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        await File.AppendAllTextAsync(export.Body(log.BodyOf(0)), "x", None);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names($"bodies/{log.BodyOf(0).ToString()[..2]}/{log.BodyOf(0)}", "the body was changed");
        Assert.Single(verdict.Problems);
    }

    [Fact]
    public async Task A_body_is_missing()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        File.Delete(export.Body(log.BodyOf(0)));
        (await Verifier.CheckAsync(export.Path)).Names("partition 0, position 1, mailbox 0191a0b0-0000-7000-8000-000000000000, sequence 1", $"{log.BodyOf(0)} is missing");
    }

    [Fact]
    public async Task A_body_was_replaced_by_a_link()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var body = export.Body(log.BodyOf(0));
        var elsewhere = export.Outside("body", await File.ReadAllTextAsync(body, None));
        File.Delete(body);
        File.CreateSymbolicLink(body, elsewhere);
        (await Verifier.CheckAsync(export.Path)).Names($"{log.BodyOf(0)}", "it is a link");
    }

    /// <summary>Behind a folder that is a link everything is checked as elsewhere.</summary>
    [Fact]
    public async Task A_body_was_changed_in_a_folder_that_is_a_link()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var folder = Path.GetDirectoryName(export.Body(log.BodyOf(0)))!;
        Directory.Move(folder, export.Path + ".moved");
        Directory.CreateSymbolicLink(folder, export.Path + ".moved");
        (await Verifier.CheckAsync(export.Path)).IsUnchanged();
        await File.AppendAllTextAsync(export.Body(log.BodyOf(0)), "x", None);
        (await Verifier.CheckAsync(export.Path)).Names($"{log.BodyOf(0)}", "the body was changed");
    }

    [Fact]
    public async Task A_checkpoint_was_changed()
    {
        var log = new TestLog();
        using var export = await ExportedFolder.OfAsync(log);
        var note = log.CheckpointOf(0, 20).Sign(TestKeys.Golden);
        var forged = SignedNote.Sign(note.Text).With(TestKeys.Golden.Sign("something else\n"));
        await File.WriteAllTextAsync(export.Checkpoint(0, 20), forged.ToString(), None);
        (await Verifier.CheckAsync(export.Path)).Names("checkpoints/0/20.txt", "partition 0, size 20", "the signature of mail.example/log is not good");

        File.Copy(export.Checkpoint(0, 10), export.Checkpoint(0, 20), overwrite: true);
        (await Verifier.CheckAsync(export.Path)).Names("checkpoints/0/20.txt", "it is about mail.example/log/0 and size 10");
        File.Copy(export.Checkpoint(1, 20), export.Checkpoint(0, 20), overwrite: true);
        (await Verifier.CheckAsync(export.Path)).Names("checkpoints/0/20.txt", "it is about mail.example/log/1 and size 20");
    }

    [Fact]
    public async Task All_checkpoints_were_removed()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        Directory.Delete(export.File("checkpoints"), recursive: true);
        Directory.Delete(export.File("heads"), recursive: true);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names("partition 1", "no checkpoint vouches for any of its events");
        verdict.Names("heads", "there is none");
    }

    [Fact]
    public async Task A_partition_was_removed_or_added()
    {
        using var export = await ExportedFolder.OfAsync(new TestLog());
        File.Move(export.Events(1), export.Events(2));
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names("partition 1, events/1.jsonl", "can't be read");
        verdict.Names("events/2.jsonl", "belongs to none");
    }

    private static async Task<List<(int Size, string Note)>> NotesAsync(TestLog log, int partition)
    {
        var notes = new List<(int, string)>();
        await foreach (var note in log.ReadAsync(partition, None))
            notes.Add(Checkpoint.TryParse(note.Text, out var checkpoint) ? ((int)checkpoint.Size, note.ToString()) : default);
        return notes;
    }

    /// <summary>Gives an event another type and all later ones of its mailbox the hashes that follow from it.</summary>
    private static void Rechain(TestLog log, int partition, int at, string type)
    {
        var events = log.Events[partition];
        var account = events[at].Account;
        var last = events.Take(at).LastOrDefault(e => e.Account == account);
        for (var i = at; i < events.Count; i++)
        {
            if (events[i].Account != account) continue;
            var (kind, body) = i == at ? (type, "") : (events[i].Event.Type, Members(events[i].Event.Payload));
            last = events[i] = TestLog.Make(partition, i + 1, account, last, events[i].Event.At, kind, body);
        }
    }

    private static string Members(ReadOnlyMemory<byte> payload)
    {
        var text = Encoding.UTF8.GetString(payload.Span);
        var start = text.IndexOf(",\"messages\"", StringComparison.Ordinal);
        return start < 0 ? "" : text[start..^1];
    }

    private static string[] Replace(string[] lines, int at, string line) => [.. lines[..at], line, .. lines[(at + 1)..]];

    private static string[] Swap(string[] lines, int first, int second)
    {
        (lines[first], lines[second]) = (lines[second], lines[first]);
        return lines;
    }

    private static IEnumerable<string> Renumber(IEnumerable<string> lines) => lines.Select((line, i) => ExportedFolder.With(line, row => row["position"] = i + 1));

    private static string Changed(string payload)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(payload));
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)));
    }
}
