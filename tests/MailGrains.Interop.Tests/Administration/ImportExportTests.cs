using MailGrains.TestKit.Clients;
using System.Text.Json;
using MailGrains.Bench.Generator;
using MailGrains.Interop.Tests.RealInput;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

public sealed class ImportExportTests(SharedServer shared) : IDisposable
{
    private const int Messages = 60;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(MailboxFormat.Mbox)]
    [InlineData(MailboxFormat.Maildir)]
    [InlineData(MailboxFormat.Eml)]
    public async Task An_import_stores_every_message_once_however_often_it_runs(MailboxFormat format)
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("import");
        var source = Path.Combine(_folder.Path, "source");
        MailboxWriter.Write(GeneratedMailbox.Messages(Messages), source, format);
        for (var run = 0; run < 2; run++)
            Assert.Contains($"{Messages} imported, 0 skipped", (await server.Cli.RunAsync("import", user, source)).Succeeded().Output);

        await AssertHoldsAsync(server, user, GeneratedMailbox.Messages(Messages).Select(m => m.Bytes));
        Assert.Equal(Messages, (await VerifyAsync(server, user)).GetProperty("messages").GetInt32());
    }

    [Fact]
    public async Task A_message_as_large_as_allowed_is_imported()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("large");
        var source = Path.Combine(_folder.Path, "large.eml");
        await File.WriteAllTextAsync(source, "Subject: large\r\n\r\n" + new string('x', 40_000_000) + "\r\n", Cancellation);
        Assert.Contains("1 imported, 0 skipped", (await server.Cli.RunAsync("import", user, source)).Succeeded().Output);
    }

    [Fact]
    public async Task What_can_not_be_read_is_told_and_skipped()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("broken");
        var source = Path.Combine(_folder.Path, "source");
        MailboxWriter.Write(GeneratedMailbox.Messages(3), source, MailboxFormat.Eml);
        await File.WriteAllBytesAsync(Path.Combine(source, "0000000-empty.eml"), [], Cancellation);
        File.CreateSymbolicLink(Path.Combine(source, "dangling.eml"), "/nowhere/at/all");

        var result = await server.Cli.RunAsync("import", user, source);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("3 imported, 2 skipped", result.Output);
        Assert.Contains("0000000-empty.eml", result.Errors);
        Assert.Contains("dangling.eml", result.Errors);
        await AssertHoldsAsync(server, user, GeneratedMailbox.Messages(3).Select(m => m.Bytes));
    }

    [Theory]
    [InlineData("maildir")]
    [InlineData("mbox")]
    public async Task What_was_exported_is_the_same_when_imported_elsewhere(string format)
    {
        var server = await shared.GetAsync();
        var (from, to) = (await shared.NewAccountAsync("from"), await shared.NewAccountAsync("to"));
        var source = Path.Combine(_folder.Path, "source");
        MailboxWriter.Write(GeneratedMailbox.Messages(Messages), source, MailboxFormat.Maildir);
        (await server.Cli.RunAsync("import", from, source)).Succeeded();
        (await server.Cli.RunAsync("folder", "create", from, "Lists/dotnet")).Succeeded();
        (await server.Cli.RunAsync("import", from, source, "--folder", "Lists/dotnet")).Succeeded();

        var target = Path.Combine(_folder.Path, "target");
        Assert.Contains("0 skipped", (await server.Cli.RunAsync("export", from, target, "--format", format)).Succeeded().Output);
        if (format == "maildir") (await server.Cli.RunAsync("import", to, target)).Succeeded();
        else
        {
            (await server.Cli.RunAsync("import", to, Path.Combine(target, "INBOX.mbox"))).Succeeded();
            (await server.Cli.RunAsync("import", to, Path.Combine(target, "Lists", "dotnet.mbox"), "--folder", "Lists/dotnet")).Succeeded();
        }

        foreach (var folder in (string[])["INBOX", "Lists/dotnet"])
            await AssertHoldsAsync(server, to, await StoredMail.ReadAllAsync(server.Ports.Imap, from, SharedServer.Password, folder, Cancellation), folder);
        if (format == "maildir") Assert.Equal(await FlagsAsync(server, from), await FlagsAsync(server, to));
        await VerifyAsync(server, to);
    }

    [Fact]
    public async Task Folders_whose_names_no_file_can_have_stay_apart()
    {
        string[] folders = ["a.b", "a_b", "a%2Eb", "a/b", "a:b", "a\u00e9b", "...", "a.mbox/b"];
        var server = await shared.GetAsync();
        var (from, to) = (await shared.NewAccountAsync("from"), await shared.NewAccountAsync("to"));
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, from, SharedServer.Password, Cancellation))
        {
            foreach (var folder in folders)
            {
                var name = folder.Replace("\u00e9", "&AOk-", StringComparison.Ordinal);
                (await imap.RunAsync($"CREATE \"{name}\"", Cancellation)).Ok();
                (await imap.AppendAsync(name, "", Message(folder), Cancellation)).Ok();
            }
        }

        var (maildir, mbox) = (Path.Combine(_folder.Path, "maildir"), Path.Combine(_folder.Path, "mbox"));
        Assert.Contains($"{folders.Length} exported, 0 skipped", (await server.Cli.RunAsync("export", from, maildir)).Succeeded().Output);
        (await server.Cli.RunAsync("import", to, maildir)).Succeeded();
        foreach (var folder in folders)
            await AssertHoldsAsync(server, to, [Message(folder)], folder.Replace("\u00e9", "&AOk-", StringComparison.Ordinal));

        Assert.Contains($"{folders.Length} exported, 0 skipped", (await server.Cli.RunAsync("export", from, mbox, "--format", "mbox")).Succeeded().Output);
        var files = Directory.GetFiles(mbox, "*.mbox", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0);
        Assert.Equal(folders.Length, files.Count());

        static byte[] Message(string folder) => System.Text.Encoding.UTF8.GetBytes($"Subject: x\r\n\r\nThis was in {folder}.\r\n");
    }

    /// <summary>Regardless of order, since an import sends several messages at a time.</summary>
    private static async Task AssertHoldsAsync(ServerProcess server, string user, IEnumerable<byte[]> expected, string folder = "INBOX")
    {
        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, user, SharedServer.Password, folder, Cancellation);
        Assert.Equal(expected.Select(Hash).Order(StringComparer.Ordinal), stored.Select(Hash).Order(StringComparer.Ordinal));
    }

    private static async Task<IEnumerable<string>> FlagsAsync(ServerProcess server, string user)
    {
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        (await imap.RunAsync("EXAMINE INBOX", Cancellation)).Ok();
        var counts = new List<string>();
        foreach (var key in (string[])["SEEN", "ANSWERED", "FLAGGED"])
            counts.Add(key + (await imap.RunAsync($"SEARCH RETURN (COUNT) {key}", Cancellation)).Ok().Untagged[0].Text.Split("COUNT")[^1]);
        return counts;
    }

    private static async Task<JsonElement> VerifyAsync(ServerProcess server, string user)
    {
        var report = JsonDocument.Parse((await server.Cli.RunAsync("verify", user, "--json")).Succeeded().Output).RootElement[0];
        Assert.Empty(report.GetProperty("problems").EnumerateArray());
        return report;
    }

    private static string Hash(byte[] message) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(message));
}
