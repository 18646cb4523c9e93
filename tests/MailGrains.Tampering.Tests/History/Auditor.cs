using MailGrains.TestKit;
using MailGrains.Verify;
using Xunit;

namespace MailGrains.Tampering.Tests.History;

/// <summary>Somebody outside: he has the public key, what was signed so far and the receipts of his mail, and the program to check with.</summary>
internal sealed class Auditor : IDisposable
{
    private readonly TemporaryFolder _kept = new();

    public List<string> Receipts { get; } = [];

    public string Key { get; private set; } = "";

    /// <summary>Has the log signed, and keeps all of it.</summary>
    public async Task KeepAsync(SiloProcess silo)
    {
        if (Key.Length == 0) Key = (await silo.ListAsync("evidence", "key"))[0].GetProperty("key").GetString()!;
        (await silo.AdminAsync("", "evidence", "checkpoints", "--out", _kept.Path)).Succeeded();
        await File.WriteAllLinesAsync(ReceiptFile, Receipts, TestContext.Current.CancellationToken);
    }

    /// <summary>Checks an export as somebody would who has all of this.</summary>
    public async Task<Verdict> CheckAsync(string export)
    {
        await File.WriteAllLinesAsync(ReceiptFile, Receipts, TestContext.Current.CancellationToken);
        return await RunAsync([export, "--key", Key, "--receipts", ReceiptFile, .. Checkpoints.SelectMany(file => new[] { "--checkpoint", file })]);
    }

    /// <summary>Checks an export as somebody would who has only one head.</summary>
    public Task<Verdict> CheckAsync(string export, string head) => RunAsync([export, "--key", Key, "--checkpoint", head]);

    public void Dispose() => _kept.Dispose();

    private string ReceiptFile => Path.Combine(_kept.Path, "receipts");

    private IEnumerable<string> Checkpoints => Directory.EnumerateFiles(_kept.Path, "*.txt").Order(StringComparer.Ordinal);

    private static async Task<Verdict> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await VerifyCommand.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return new Verdict(code, output.ToString(), error.ToString());
    }
}
