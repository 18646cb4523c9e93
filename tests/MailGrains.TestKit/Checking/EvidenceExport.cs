using System.Text.Json;
using MailGrains.TestKit.Processes;
using Xunit;

namespace MailGrains.TestKit.Checking;

/// <summary>The log as an administrator exports it, checked by the program that has no code in common with the server.</summary>
internal static class EvidenceExport
{
    /// <summary>Exports and verifies; each of the receipts must be that of an event in the export.</summary>
    /// <returns>What the program said at its end.</returns>
    public static async Task<string> VerifyAsync(IRunningProduct product, string name, IReadOnlyCollection<string> receipts, CancellationToken cancellation)
    {
        var key = await FirstAsync(product, "key", "evidence", "key", "--json");
        var export = await FirstAsync(product, "folder", "evidence", "export", name, "--json");
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "receipts");
        await File.WriteAllLinesAsync(file, receipts, cancellation);
        string[] arguments = [Built.Verify, export, "--key", key, "--receipts", file];
        var verified = (await Programs.RunAsync(Programs.Describe("dotnet", arguments), ReadOnlyMemory<byte>.Empty, cancellation)).Succeeded();
        var proved = verified.Output.Split('\n').Where(line => line.StartsWith("receipt: ", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.All(receipts, receipt => Assert.Contains(proved, line => line.StartsWith($"receipt: {receipt} is", StringComparison.Ordinal)));
        return string.Join("; ", verified.Output.TrimEnd().Split('\n')[^2..]);
    }

    private static async Task<string> FirstAsync(IRunningProduct product, string member, params string[] command) =>
        JsonDocument.Parse((await product.AdminAsync("", command)).Succeeded().Output).RootElement[0].GetProperty(member).GetString()!;
}
