using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

public sealed class HistoryCommandTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_did_what_to_a_message_is_a_table_or_JSON()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("history");
        using (var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation))
            Assert.StartsWith("250", (await lmtp.DeliverAsync("bob@example.net", [user], "Subject: x\r\n\r\n"u8.ToArray(), Cancellation))[0]);
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation))
            foreach (var command in new[] { "CREATE Work", "SELECT INBOX", "UID MOVE 1 Work" }) (await imap.RunAsync(command, Cancellation)).Ok();

        var told = JsonDocument.Parse((await server.Cli.RunAsync("history", user, "--folder", "INBOX", "--uid", "1", "--json")).Succeeded().Output).RootElement;
        Assert.Equal(
            [("MessageNew", null, "lmtp", "INBOX", $"sender=bob@example.net recipient={user}"), ("MessageMove", user, "imap", "Work", null)],
            told.EnumerateArray().Select(l => (Text(l, "type"), Text(l, "who"), Text(l, "service"), Text(l, "folder"), Text(l, "detail"))));

        var table = (await server.Cli.RunAsync("history", user, "--folder", "Work")).Succeeded().Output;
        Assert.Contains("MessageMove", table, StringComparison.Ordinal);
        Assert.Contains("INBOX 1", table, StringComparison.Ordinal);
        Assert.DoesNotContain("MessageNew", table, StringComparison.Ordinal);
        Assert.DoesNotContain("Message", (await server.Cli.RunAsync("history", user, "--since", "2999-01-01T00:00:00Z")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("Login", (await server.Cli.RunAsync("history", user)).Succeeded().Output, StringComparison.Ordinal);

        string[][] wrong = [["--folder", "Nowhere"], ["--uid", "1"], ["--email", "x"], ["--email", "1", "--folder", "INBOX"]];
        foreach (var asked in wrong) Assert.NotEqual(0, (await server.Cli.RunAsync(["history", user, .. asked])).ExitCode);
    }

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var member) ? member.GetString() : null;
}
