using System.Text.Json;
using MailGrains.Grains.Mailboxes;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>What of reading the log is told.</summary>
public sealed class AccessAuditTests
{
    private const string Message = "Subject: Tea\r\nContent-Type: text/plain\r\n\r\nAt 5?\r\n";

    [Fact]
    public async Task Each_FETCH_that_shows_content_leaves_one_event()
    {
        await using var stack = await StartAsync(AccessAudit.All);
        string[] shown =
        [
            "headers 2: FETCH 2 BODY.PEEK[HEADER]", "headers 2: FETCH 2 (UID BODY.PEEK[HEADER.FIELDS (Subject)] BODYSTRUCTURE)",
            "headers 2: FETCH 2 RFC822.HEADER", "headers 1:4: UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS.NOT (Received)])",
            "body 2: FETCH 2 BODY.PEEK[]", "body 2: FETCH 2 BODY.PEEK[]<0.10>", "body 2:3: FETCH 2:3 (FLAGS BODY.PEEK[TEXT])",
            "body 2: FETCH 2 BODY.PEEK[1]", "body 2: FETCH 2 BODY.PEEK[1.MIME]", "body 2,4: UID FETCH 2,4,9 BINARY.PEEK[1]",
            "body 2: FETCH 2 (BODY.PEEK[HEADER] BODY.PEEK[TEXT])",
        ];
        string[] silent = ["FETCH 1:* (UID FLAGS RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY INTERNALDATE)", "FETCH 2 BINARY.SIZE[1]", "UID FETCH 9 BODY.PEEK[]"];
        Assert.Equal(shown.Select(s => s[..s.IndexOf(": ", StringComparison.Ordinal)]), await AccessesAsync(stack, [.. shown.Select(Command), .. silent]));
    }

    [Fact]
    public async Task A_FETCH_that_sets_seen_leaves_one_event_before_that_change()
    {
        await using var stack = await StartAsync(AccessAudit.Bodies);
        var events = await RunAsync(stack, "FETCH 2:3 BODY[]", "FETCH 3:4 RFC822", "FETCH 4 RFC822.TEXT");
        Assert.Equal(
            ["MessageAccessed", "MessageRead", "MessageAccessed", "MessageRead", "MessageAccessed"],
            events.Select(e => e.GetProperty("type").GetString()).Where(t => t!.StartsWith("Message", StringComparison.Ordinal)).Skip(4));
        Assert.Equal(["body 2:3", "body 3:4", "body 4"], Accesses(events));
    }

    [Theory]
    [InlineData(AccessAudit.Off)]
    [InlineData(AccessAudit.Bodies, "body 2")]
    [InlineData(AccessAudit.All, "headers 1:4", "body 2")]
    public async Task What_is_told_is_a_setting(AccessAudit audit, params string[] expected)
    {
        await using var stack = await StartAsync(audit);
        Assert.Equal(expected, await AccessesAsync(stack, "FETCH 1:* BODY.PEEK[HEADER]", "FETCH 2 BODY.PEEK[]"));
    }

    [Fact]
    public async Task The_event_names_session_and_folder()
    {
        await using var stack = await StartAsync(AccessAudit.Bodies);
        var events = await RunAsync(stack, "FETCH 1 BODY.PEEK[]");
        var (login, access) = (events.First(e => Is(e, "Login")), events.Single(e => Is(e, "MessageAccessed")));
        Assert.Equal(login.GetProperty("session").GetRawText(), access.GetProperty("session").GetRawText());
        Assert.Equal(login.GetProperty("actor").GetRawText(), access.GetProperty("actor").GetRawText());
        Assert.Equal("INBOX", access.GetProperty("mailbox").GetProperty("path").GetString());
    }

    private static async Task<ImapStack> StartAsync(AccessAudit audit)
    {
        var stack = new ImapStack(silos: 1) { Audit = audit };
        await stack.InitializeAsync();
        return stack;
    }

    private static string Command(string shown) => shown[(shown.IndexOf(": ", StringComparison.Ordinal) + 2)..];

    private static async Task<List<string>> AccessesAsync(ImapStack stack, params string[] commands) => Accesses(await RunAsync(stack, commands));

    /// <summary>Runs commands in an INBOX of four messages; the mailbox's events afterwards.</summary>
    private static async Task<List<JsonElement>> RunAsync(ImapStack stack, params string[] commands)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ImapClient.LoginAsync(server, user);
        for (var i = 0; i < 4; i++) await client.AppendAsync(Message);
        await client.RunAsync("SELECT INBOX");
        foreach (var command in commands) Assert.Contains(" OK ", (await client.RunAsync(command))[^1], StringComparison.Ordinal);

        // Durable no later than a change of the session.
        await client.RunAsync("CREATE last");
        var events = await stack.Store.ReadMailboxAsync(user.Account, 0, int.MaxValue, CancellationToken.None);
        return [.. events.Select(e => JsonDocument.Parse(e.Event.Payload).RootElement)];
    }

    private static List<string> Accesses(IEnumerable<JsonElement> events) =>
    [
        .. events.Where(e => Is(e, "MessageAccessed"))
            .Select(e => $"{e.GetProperty("content").GetString()} {Assert.Single(e.GetProperty("messages").EnumerateArray()).GetProperty("uids").GetString()}"),
    ];

    private static bool Is(JsonElement happened, string type) => happened.GetProperty("type").ValueEquals(type);
}
