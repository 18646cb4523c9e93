using System.Globalization;
using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Clients;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>What an administrator exports is checked without the server, and shows what the owner of the database did to it.</summary>
public sealed class EvidenceTests
{
    private const string User = "ada@example.org";
    private const string Password = "correct horse";

    private static readonly byte[] Delivered = "Message-ID: <a@example.net>\r\nSubject: delivered\r\n\r\nto be proved\r\n"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_verifies_and_names_the_event_that_was_changed_in_the_database()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.Cli.AddAccountAsync(User, Password);
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, User, Password, Cancellation))
            for (var n = 0; n < 3; n++)
                (await imap.AppendAsync("INBOX", "", "Subject: hello\r\n\r\nworld\r\n"u8.ToArray(), Cancellation)).Ok();

        string receipt, repeated;
        using (var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation))
        {
            receipt = ReceiptIn(await lmtp.DeliverAsync("bob@example.net", [User], Delivered, Cancellation));
            repeated = ReceiptIn(await lmtp.DeliverAsync("bob@example.net", [User], Delivered, Cancellation));
        }

        Assert.Equal(receipt, repeated);
        using var kept = new TemporaryFolder();
        (await server.Cli.RunAsync("evidence", "checkpoints", kept.Path)).Succeeded();
        var key = (await ListAsync(server, "evidence", "key"))[0].GetProperty("key").GetString()!;
        string[] outside = ["--key", key, "--receipt", receipt, .. Directory.GetFiles(kept.Path).SelectMany(file => new[] { "--checkpoint", file })];
        Assert.NotEmpty(Directory.GetFiles(kept.Path));
        var unchanged = (await VerifyAsync([await ExportAsync(server, "before"), .. outside])).Succeeded();
        Assert.Contains($"receipt: {receipt} is", unchanged.Output);

        await server.StopAsync();
        var (partition, position) = ChangeTheLastAppend(server.Data);
        await server.StartAgainAsync();
        var changed = await VerifyAsync([await ExportAsync(server, "after"), .. outside]);
        Assert.True(changed.ExitCode == 1, changed.ToString());
        Assert.Contains(
            changed.Output.Split('\n'),
            line => line.StartsWith("problem:", StringComparison.Ordinal) && line.Contains($"partition {partition}", StringComparison.Ordinal)
                && line.Contains($"position {position}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_was_put_back_is_not_signed_until_an_administrator_says_why()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.Cli.AddAccountAsync(User, Password);
        await DeliverAsync(server);
        using var older = new TemporaryFolder();
        using var kept = new TemporaryFolder();
        await server.StopAsync();
        foreach (var file in Directory.GetFiles(server.Data, "mailboxes.db*")) File.Copy(file, Path.Combine(older.Path, Path.GetFileName(file)));
        await server.StartAgainAsync();
        var receipt = await DeliverAsync(server);
        (await server.Cli.RunAsync("evidence", "checkpoints", "--out", kept.Path)).Succeeded();
        var key = (await ListAsync(server, "evidence", "key"))[0].GetProperty("key").GetString()!;
        var heads = Directory.GetFiles(kept.Path, "head-*.txt").Order(StringComparer.Ordinal).ToArray();
        await ProveAsync(server, kept, receipt, heads[^1], key);

        await server.StopAsync();
        foreach (var file in Directory.GetFiles(server.Data, "mailboxes.db*")) File.Delete(file);
        foreach (var file in Directory.GetFiles(older.Path)) File.Copy(file, Path.Combine(server.Data, Path.GetFileName(file)));
        await server.StartAgainAsync();
        var refused = await server.Cli.RunAsync("evidence", "checkpoints");
        Assert.True(refused.ExitCode == 1, refused.ToString());
        Assert.Contains("The log is not the continuation of what was signed", refused.Errors);
        Assert.Contains("but ", refused.Errors);
        Assert.Contains("was signed", refused.Errors);
        Assert.Contains("mailgrains evidence accept-break", refused.Errors);

        // Mail goes on, and so do exports, which say what was done.
        await DeliverAsync(server);
        var broken = await VerifyAsync([await ExportAsync(server, "broken"), "--key", key]);
        Assert.True(broken.ExitCode == 1, broken.ToString());
        Assert.Contains(broken.Output.Split('\n'), line => line.StartsWith("problem: heads/", StringComparison.Ordinal));

        (await server.Cli.RunAsync("evidence", "accept-break", "--reason", "the copy was put back")).Succeeded();
        (await server.Cli.RunAsync("evidence", "checkpoints")).Succeeded();
        var export = await ExportAsync(server, "accepted");
        var asked = await VerifyAsync([export, "--key", key]);
        Assert.Contains("'the copy was put back'", asked.Output);
        Assert.True(asked.ExitCode == 1, asked.ToString());
        var number = asked.Output.Split("--accept-break ")[1].Split('\n')[0].Trim();
        (await VerifyAsync([export, "--key", key, "--accept-break", number])).Succeeded();
        Assert.Equal(1, (await VerifyAsync([export, "--key", key, "--accept-break", number, "--checkpoint", heads[^1], "--receipt", receipt])).ExitCode);
    }

    [Theory]
    [InlineData("once", "already")]
    [InlineData("../outside", "")]
    [InlineData(".hidden", "name")]
    public async Task An_export_goes_to_a_new_folder_below_the_exports_and_nowhere_else(string name, string reason)
    {
        await using var server = await ServerProcess.StartAsync();
        await ExportAsync(server, "once");
        var refused = await server.Cli.RunAsync("evidence", "export", name);
        Assert.True(refused.ExitCode != 0, refused.ToString());
        Assert.Contains(reason, refused.Errors);

        // Nothing unfinished is left either.
        Assert.Equal(["once"], Directory.GetDirectories(Path.Combine(server.Data, "exports")).Select(Path.GetFileName));
        Assert.False(Directory.Exists(Path.Combine(server.Data, "outside")));
    }

    [Fact]
    public async Task Who_writes_out_the_mail_of_all_is_in_the_log()
    {
        await using var server = await ServerProcess.StartAsync();
        await ExportAsync(server, "all");
        foreach (var refused in new[] { "all", ".hidden" }) Assert.NotEqual(0, (await server.Cli.RunAsync("evidence", "export", refused)).ExitCode);
        var told = (await server.Cli.RunAsync("events", "tail", "--last", "1000")).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event"));
        var access = Assert.Single(told, e => e.GetProperty("type").GetString() == "AdminAccess");
        Assert.Equal(("evidence", "all"), (access.GetProperty("what").GetString(), access.GetProperty("export").GetString()));
        Assert.Equal("admin", access.GetProperty("actor").GetProperty("login").GetString());
        Assert.Equal("127.0.0.1", access.GetProperty("session").GetProperty("clientIp").GetString());

        // Before anything was written out, so the export has it too.
        var exported = Directory.GetFiles(Path.Combine(server.Data, "exports", "all"), "*", SearchOption.AllDirectories);
        Assert.Contains(exported, file => File.ReadAllText(file).Contains("AdminAccess", StringComparison.Ordinal));
    }

    private static async Task<string> DeliverAsync(ServerProcess server)
    {
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        var message = System.Text.Encoding.ASCII.GetBytes($"Message-ID: <{Guid.NewGuid():N}@example.net>\r\nSubject: delivered\r\n\r\nto be proved\r\n");
        return ReceiptIn(await lmtp.DeliverAsync("bob@example.net", [User], message, Cancellation));
    }

    private static async Task ProveAsync(ServerProcess server, TemporaryFolder folder, string receipt, string head, string key)
    {
        var proof = Path.Combine(folder.Path, "proof");
        (await server.Cli.RunAsync("prove", receipt, "--since", head, "--out", proof)).Succeeded();
        var proved = (await VerifyAsync(["proof", proof, "--key", key, "--checkpoint", head])).Succeeded();
        Assert.Contains("proved: the event was in the log", proved.Output);
        Assert.Equal(1, (await server.Cli.RunAsync("prove", receipt[..^1] + (receipt[^1] == 'A' ? 'E' : 'A'))).ExitCode);
    }

    private static string ReceiptIn(IReadOnlyList<string> replies)
    {
        var reply = Assert.Single(replies);
        Assert.StartsWith("250 ", reply);
        return reply.TrimEnd().Split(' ')[^1];
    }

    private static async Task<string> ExportAsync(ServerProcess server, string name) =>
        (await ListAsync(server, "evidence", "export", name))[0].GetProperty("folder").GetString()!;

    private static async Task<JsonElement> ListAsync(ServerProcess server, params string[] command) =>
        JsonDocument.Parse((await server.Cli.RunAsync([.. command, "--json"])).Succeeded().Output).RootElement;

    private static Task<ProgramResult> VerifyAsync(string[] arguments) =>
        Programs.RunAsync(Programs.Describe("dotnet", [Built.Verify, .. arguments]), ReadOnlyMemory<byte>.Empty, Cancellation);

    /// <summary>As somebody would who may write to the database: one digit of a payload.</summary>
    private static (long Partition, long Position) ChangeTheLastAppend(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "mailboxes.db")};Pooling=False");
        connection.Open();
        using var find = connection.CreateCommand();
        find.CommandText = "SELECT max(key) FROM event WHERE type = 'MessageAppend'";
        var key = Convert.ToInt64(find.ExecuteScalar(), CultureInfo.InvariantCulture);
        using var change = connection.CreateCommand();
        change.CommandText =
            "UPDATE event SET payload = CAST(replace(CAST(payload AS TEXT), '\"size\":25', '\"size\":26') AS BLOB) WHERE key = $key AND instr(payload, '\"size\":25')";
        change.Parameters.AddWithValue("$key", key);
        Assert.Equal(1, change.ExecuteNonQuery());
        const int positionBits = 48;
        return (key >> positionBits, key & ((1L << positionBits) - 1));
    }
}
