using System.Text;
using System.Text.Json;
using MailGrains.Changelog.History;
using MailGrains.Frontends.Tests.Imap;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model.Accounts;
using Xunit;

namespace MailGrains.Frontends.Tests.Http;

/// <summary>What clients of the changelog are told of an object, over HTTP.</summary>
public sealed class RpcCallTests(RpcServer server) : IClassFixture<RpcServer>
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 15, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_changed_object_has_its_creation_its_last_change_and_all_between()
    {
        var user = await NewUserWithTaskAsync();
        var mailbox = Identifier(user, "Tasks/&AMQ-rger");
        var created = await server.CallAsync(user.Login, "task.created", new { uid = "task-1", mailbox, msguid = (int?)null });
        AssertJson(
            $$"""{"uid":"task-1","rev":3839049000,"date":"2026-03-02T08:15:00Z","user":"ada@example.org","mailbox":"{{mailbox}}"}""", created);

        var last = await server.CallAsync(user.Login, "task.lastmodified", new { uid = "task-1", mailbox });
        AssertJson(
            $$"""{"uid":"task-1","rev":3839049600,"date":"2026-03-02T08:16:00Z","user":"ada@example.org","mailbox":"{{mailbox}}"}""", last);

        // The old message that went when the new one had come is no deletion; the move is told.
        var changelog = await server.CallAsync(user.Login, "task.changelog", new { uid = "task-1", mailbox });
        Assert.Equal("task-1", changelog.GetProperty("uid").GetString());
        Assert.Equal(
            ["APPEND 3839049000", "APPEND 3839049600", "MOVE 3839051400"],
            changelog.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("op")} {c.GetProperty("rev")}"));
        Assert.Equal(Identifier(user, "Done"), changelog.GetProperty("changes")[2].GetProperty("mailbox").GetString());
    }

    [Fact]
    public async Task Revisions_are_read_and_compared()
    {
        var user = await NewUserWithTaskAsync();
        var mailbox = Identifier(user, "Tasks/&AMQ-rger");
        var old = await server.CallAsync(user.Login, "task.get", new { uid = "task-1", rev = 3839049000, mailbox });
        Assert.Equal(("task-1", 3839049000, mailbox), (old.GetProperty("uid").GetString(), old.GetProperty("rev").GetInt64(), old.GetProperty("mailbox").GetString()));
        Assert.Equal("text/calendar", old.GetProperty("type").GetString());
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", old.GetProperty("xml").GetString(), StringComparison.Ordinal);

        // Web clients send the numbers they were given in forms as text.
        var raw = await server.CallAsync(user.Login, "task.rawdata", new { uid = "task-1", rev = "3839049600", mailbox });
        Assert.Equal(Encoding.UTF8.GetString(Task("Bücher \"zurück\" bringen")), raw.GetString());

        foreach (var parameters in new object[]
        {
            new { uid = "task-1", rev1 = "3839049000", rev2 = "3839049600", mailbox, msguid = 8, instance = (string?)null }, new { uid = "task-1", rev = "3839049000:3839049600", folder = "Tasks/Ärger" },
        })
        {
            var diff = await server.CallAsync(user.Login, "task.diff", parameters);
            AssertJson(
                """{"uid":"task-1","rev":3839049600,"changes":[{"op":"MODIFY","property":"summary","old":"Bücher holen","new":"Bücher \"zurück\" bringen"}]}""", diff);
        }
    }

    [Fact]
    public async Task Lists_are_contacts_and_fields_are_objects()
    {
        var user = await server.Stack.NewUserAsync();
        byte[] List(string member) => Encoding.UTF8.GetBytes(
            $"Content-Type: text/vcard\r\n\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nUID:urn:uuid:list-1\r\nFN:Friends\r\n{member}END:VCARD\r\n");
        server.History.Add(user.Account, HistoryOperation.Append, Start, "Contacts", 1, List("MEMBER:mailto:bob@example.org\r\n"));
        server.History.Add(user.Account, HistoryOperation.Append, Start.AddMinutes(1), "Contacts", 2, List(""));

        var diff = await server.CallAsync(user.Login, "contact.diff", new { uid = "list-1", rev1 = 3839049000, rev2 = 3839049600 });
        AssertJson("""[{"op":"REMOVE","property":"member","old":{"uri":"bob@example.org"},"new":null}]""", diff.GetProperty("changes"));
    }

    [Theory]
    [InlineData("created")]
    [InlineData("lastmodified")]
    [InlineData("changelog")]
    [InlineData("get")]
    [InlineData("rawdata")]
    [InlineData("diff")]
    public async Task What_is_not_there_is_false_and_so_is_what_is_somebody_elses(string action)
    {
        var (ada, bob) = (await NewUserWithTaskAsync(), await server.Stack.NewUserAsync());
        var disabled = await NewUserWithTaskAsync();
        await server.Stack.Grains.GetGrain<IAccountGrain>(disabled.Account.Value).SetDisabledAsync(true);
        foreach (var (user, type, uid, mailbox) in new (string, string, string, string?)[]
        {
            (ada.Login, "task", "task-2", null), (ada.Login, "event", "task-1", null), (ada.Login, "task", "task-1", "Other"), (ada.Login, "task", "task-1", "a//b"),
            (ada.Login, "task", "task-1", Identifier(ada, "Tasks/&broken")), (bob.Login, "task", "task-1", null), (bob.Login, "task", "task-1", "Tasks/Ärger"),
            (bob.Login, "task", "task-1", Identifier(ada, "Tasks/&AMQ-rger")), (ada.Login, "task", "task-1", Identifier(bob, "Tasks/&AMQ-rger")),
            (bob.Login, "task", "task-1", "user/nobody/Tasks@example.org"), ("nobody@example.org", "task", "task-1", null), ("no address", "task", "task-1", null),
            (disabled.Login, "task", "task-1", null),
        })
        {
            var result = await server.CallAsync(user, $"{type}.{action}", new { uid, mailbox, rev = 3839049000, rev1 = 3839049000, rev2 = 3839049600 });
            Assert.Equal(JsonValueKind.False, result.ValueKind);
        }

        var found = await server.CallAsync(ada.Login, $"task.{action}", new { uid = "task-1", rev = 3839049000, rev1 = 3839049000, rev2 = 3839049600 });
        Assert.NotEqual(JsonValueKind.False, found.ValueKind);
    }

    [Fact]
    public async Task The_owner_is_known_by_every_address()
    {
        var user = await NewUserWithTaskAsync();
        Assert.True(MailAddress.TryParse($"alias-of-{user.Login}", out var alias));
        await server.Stack.Grains.GetGrain<IAccountGrain>(user.Account.Value).AddAddressAsync(alias);
        foreach (var (name, owner) in new[] { (user.Login, alias.Key), (alias.Key, user.Login), (alias.Key.ToUpperInvariant(), alias.Key) })
        {
            var mailbox = Identifier(user with { Login = owner }, "Tasks/&AMQ-rger");
            var created = await server.CallAsync(name, "task.created", new { uid = "task-1", mailbox });
            Assert.Equal(Identifier(user, "Tasks/&AMQ-rger"), created.GetProperty("mailbox").GetString());
        }
    }

    [Fact]
    public async Task A_message_that_JSON_cannot_carry_is_an_error_and_not_another_message()
    {
        var user = await server.Stack.NewUserAsync();
        byte[] message = [.. Encoding.Latin1.GetBytes("Content-Type: text/calendar; charset=iso-8859-1\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:t\r\nSUMMARY:B\u00fccher\r\nEND:VTODO\r\nEND:VCALENDAR\r\n")];
        server.History.Add(user.Account, HistoryOperation.Append, Start, "Tasks", 1, message);

        var raw = await server.PostAsync(user.Login, """{"jsonrpc":"2.0","id":1,"method":"task.rawdata","params":{"uid":"t","rev":3839049000}}""");
        Assert.Equal(-32603, raw.GetProperty("error").GetProperty("code").GetInt32());
        var read = await server.CallAsync(user.Login, "task.get", new { uid = "t", rev = 3839049000 });
        Assert.Contains("SUMMARY:Bücher", read.GetProperty("xml").GetString(), StringComparison.Ordinal);
    }

    /// <summary>A task that was changed once, and later moved.</summary>
    private async Task<TestUser> NewUserWithTaskAsync()
    {
        var user = await server.Stack.NewUserAsync();
        var (first, second) = (Task("Bücher holen"), Task("Bücher \"zurück\" bringen"));
        server.History.Add(user.Account, HistoryOperation.Append, Start, "Tasks/Ärger", 7, first);
        server.History.Add(user.Account, HistoryOperation.Append, Start.AddMinutes(1), "Tasks/Ärger", 8, second);
        server.History.Add(user.Account, HistoryOperation.Delete, Start.AddMinutes(2), "Tasks/Ärger", 7, first);
        server.History.Add(user.Account, HistoryOperation.Move, Start.AddMinutes(4), "Done", 1, second, from: "Tasks/Ärger");
        return user;
    }

    private static byte[] Task(string summary) => Encoding.UTF8.GetBytes(
        $"Content-Type: text/calendar; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:task-1\r\nSUMMARY:{summary}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n");

    private static string Identifier(TestUser user, string path) => $"user/{user.Login.Split('@')[0]}/{path}@{user.Login.Split('@')[1]}";

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), $"expected {expected}\nbut was {actual}");
}
