using MailGrains.Evidence.Export;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;
using MailGrains.Storage;
using MailGrains.Tampering.Tests.History;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Tampering.Tests.Engines;

/// <summary>
/// What becomes of a copy: the store is opened, the log signed and exported as the server does when an administrator asks for an export, and the export is
/// checked by somebody outside.
/// </summary>
/// <param name="Refusals">What the server says, to whoever starts it, or asks it to sign or to export.</param>
/// <param name="Verdict">What mailgrains-verify says; null: there is no export.</param>
internal sealed record Inspection(IReadOnlyList<string> Refusals, Verdict? Verdict)
{
    public static Task<Inspection> OfAsync(DatabaseCopy copy, Auditor auditor) => OfAsync(copy, () => auditor.CheckAsync(copy.Export));

    /// <param name="check">Checks the export.</param>
    public static async Task<Inspection> OfAsync(DatabaseCopy copy, Func<Task<Verdict>> check)
    {
        var refusals = new List<string>();
        return new Inspection(refusals, await ExportAsync(copy, refusals) ? await check() : null);
    }

    /// <summary>The signer as the server has it.</summary>
    public static LogSigner Signer(DatabaseCopy copy, OpenedStore store)
    {
        Assert.True(NoteSigner.TryParse(File.ReadAllText(copy.KeyFile).Trim(), out var key));
        var folders = new SignerFolders(Path.Combine(copy.Data, "checkpoints"), Path.Combine(copy.Data, "tiles"));
        return new LogSigner(store.Log, key, folders, store.Shared, TimeProvider.System, NullLogger<LogSigner>.Instance, store.Retention);
    }

    public void IsUnchanged()
    {
        Assert.Empty(Refusals);
        Assert.NotNull(Verdict);
        Assert.Equal(("", 0), (string.Join('\n', Verdict.Problems) + Verdict.Error, Verdict.Code));
        Assert.Contains("unchanged: no problems", Verdict.Output, StringComparison.Ordinal);
    }

    /// <summary>One sentence of the program, or of the server that refuses, has all these parts.</summary>
    public void Names(Clue clue)
    {
        var said = clue.Where == Told.ByServer ? Refusals : Verdict?.Problems ?? [];
        Assert.True(
            said.Any(line => clue.Parts.All(part => line.Contains(part, StringComparison.Ordinal))),
            $"Nothing has {string.Join(" and ", clue.Parts)}:\n{string.Join('\n', Refusals)}\n{Verdict?.Output}{Verdict?.Error}");
        if (Verdict is not null && clue.Where == Told.ByProgram) Assert.Equal(1, Verdict.Code);
    }

    private static async Task<bool> ExportAsync(DatabaseCopy copy, List<string> refusals)
    {
        try
        {
            await using var store = await copy.OpenAsync();
            using var signer = Signer(copy, store);
            try
            {
                await signer.SignAsync(TestContext.Current.CancellationToken);
            }
            catch (LogBrokenException broken)
            {
                refusals.Add(broken.Message);
            }

            var options = new ExportOptions(signer.Key.Name, signer.Key) { ReadStarts = signer.ReadStartsAsync };
            await new EvidenceExport(store.Log, signer, new StoredBodies(store.Index, store.Bodies), options).WriteAsync(copy.Export, TestContext.Current.CancellationToken);
            return true;
        }
        catch (Exception refused) when (refused is StoreOpenException or InvalidDataException)
        {
            // The server does not start, or says why there is no export.
            refusals.Add(refused.Message);
            return false;
        }
    }
}
