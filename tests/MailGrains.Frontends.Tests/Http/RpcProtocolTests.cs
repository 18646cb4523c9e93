using System.Net;
using System.Text;
using System.Text.Json;
using MailGrains.Changelog.History;
using MailGrains.Frontends.Tests.Imap;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Frontends.Tests.Http;

/// <summary>Who may call, and what is no call.</summary>
public sealed class RpcProtocolTests(RpcServer server) : IClassFixture<RpcServer>
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"task.created","params":{"uid":"nothing"}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_without_the_right_name_and_password_is_asked_for_them()
    {
        foreach (var authorization in new[]
        {
            null, BasicLogin.Of(server.Caller.Login, "wrong"), BasicLogin.Of("nobody@example.org", ImapStack.Password), BasicLogin.Of("admin", RpcServer.AdminToken),
            new("Basic", "no base64"), new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(server.Caller.Login))), new("Bearer", RpcServer.AdminToken),
        })
        {
            using var response = await server.SendAsync(r => r.Headers.Authorization = authorization, Call);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Basic", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        }
    }

    [Fact]
    public async Task An_account_without_the_role_is_refused_and_groups_bring_the_role()
    {
        var user = await server.Stack.NewUserAsync();
        var directory = server.Stack.Grains.GetGrain<IDirectoryGrain>(0);
        async Task<HttpStatusCode> TryAsync()
        {
            using var response = await server.SendAsync(r => r.Headers.Authorization = BasicLogin.Of(user.Login, ImapStack.Password), Call);
            return response.StatusCode;
        }

        await directory.GrantAsync("other", user.Account);
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync());

        var (inner, outer) = (await directory.CreateGroupAsync("programs", null), await directory.CreateGroupAsync("clients", null));
        await directory.AddMemberAsync(inner.Name, user.Account);
        await directory.AddMemberAsync(outer.Name, inner.Id);
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync());
        await directory.GrantAsync("changelog", outer.Id);
        Assert.Equal(HttpStatusCode.OK, await TryAsync());
        await directory.RemoveMemberAsync(inner.Name, user.Account);
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync());
    }

    [Fact]
    public async Task The_role_opens_nothing_else_and_the_admin_token_not_the_changelog()
    {
        foreach (var path in new[] { "/api/accounts", "/api/roles", "/api/rpc/", "/api/rpc/accounts", "/API/accounts", "/api//accounts", "/api/rpc/../accounts", "/api/x" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = BasicLogin.Of(server.Caller.Login, ImapStack.Password);
            using var response = await server.Http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        // Other methods of the path are not the changelog's.
        using var get = new HttpRequestMessage(HttpMethod.Get, "/api/rpc");
        get.Headers.Authorization = BasicLogin.Of(server.Caller.Login, ImapStack.Password);
        using var refused = await server.Http.SendAsync(get, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var admin = new HttpRequestMessage(HttpMethod.Get, "/api/roles");
        admin.Headers.Authorization = new("Bearer", RpcServer.AdminToken);
        using var listed = await server.Http.SendAsync(admin, Cancellation);
        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
    }

    [Fact]
    public async Task A_request_that_is_not_signed_for_its_user_is_refused()
    {
        var signature = RpcServer.Sign(RpcServer.Secret, server.Caller.Login, Call);
        foreach (var (user, sign) in new (string?, string?)[]
        {
            (server.Caller.Login, null), (server.Caller.Login, ""), (server.Caller.Login, signature[..^1]), (server.Caller.Login, signature + "00"),
            (server.Caller.Login, new string('0', 64)), (server.Caller.Login, new string('x', 64)), (server.Caller.Login, RpcServer.Sign("another secret", server.Caller.Login, Call)),
            (server.Caller.Login, RpcServer.Sign(RpcServer.Secret, server.Caller.Login, Call + " ")), ("other@example.org", signature), (null, signature),
            (null, RpcServer.Sign(RpcServer.Secret, "", Call)),
        })
        {
            using var request = server.Request(server.Caller.Login, Call);
            request.Headers.Remove("X-Request-User");
            request.Headers.Remove("X-Request-Sign");
            if (user is not null) request.Headers.Add("X-Request-User", user);
            if (sign is not null) request.Headers.TryAddWithoutValidation("X-Request-Sign", sign);
            AssertError(-32600, await server.ReadAsync(request));
        }

        using var upper = server.Request(server.Caller.Login, Call);
        upper.Headers.Remove("X-Request-Sign");
        upper.Headers.Add("X-Request-Sign", signature.ToUpperInvariant());
        Assert.Equal(JsonValueKind.False, (await server.ReadAsync(upper)).GetProperty("result").ValueKind);
    }

    [Fact]
    public async Task A_key_of_keygen_signs_for_its_user_and_its_salt_only()
    {
        var (ada, bob) = (await server.Stack.NewUserAsync(), await server.Stack.NewUserAsync());
        var key = (await server.CallAsync(ada.Login, "system.keygen", new { salt = "a-grain-of-salt" })).GetProperty("key").GetString()!;
        Assert.Matches("^[0-9a-f]{64}$", key);
        Assert.NotEqual(key, (await server.CallAsync(bob.Login, "system.keygen", new { salt = "a-grain-of-salt" })).GetProperty("key").GetString());

        async Task<JsonElement> SendAsync(string user, string? salt, string signingKey)
        {
            using var request = server.Request(user, Call);
            request.Headers.Remove("X-Request-Sign");
            request.Headers.Add("X-Request-Sign", RpcServer.Sign(signingKey, user, Call));
            if (salt is not null) request.Headers.TryAddWithoutValidation("X-Request-Salt", salt);
            return await server.ReadAsync(request);
        }

        Assert.Equal(JsonValueKind.False, (await SendAsync(ada.Login, "a-grain-of-salt", key)).GetProperty("result").ValueKind);
        AssertError(-32600, await SendAsync(bob.Login, "a-grain-of-salt", key));
        AssertError(-32600, await SendAsync(ada.Login, "another-grain-of-salt", key));
        AssertError(-32600, await SendAsync(ada.Login, null, key));
        AssertError(-32600, await SendAsync(ada.Login, "", key));
        AssertError(-32600, await SendAsync(ada.Login, "a-grain-of-salt", RpcServer.Secret));
        foreach (var salt in new[] { "short", "", new string('x', 129), "white space" })
            AssertError(-32602, await server.PostAsync(ada.Login, JsonSerializer.Serialize(new { jsonrpc = "2.0", id = 1, method = "system.keygen", @params = new { salt } })));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null null")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"task.created\",\"method\":\"event.created\",\"id\":1}")]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"method\":\"task.created\"")]
    public async Task What_is_no_JSON_is_a_parse_error(string body) => AssertError(-32700, await server.PostAsync(server.Caller.Login, body));

    [Fact]
    public async Task JSON_that_is_too_deep_or_no_UTF8_is_a_parse_error()
    {
        string Deep(int levels) => $"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{string.Concat(Enumerable.Repeat("{\"a\":", levels))}1{new string('}', levels)}}}";
        AssertError(-32601, await server.PostAsync(server.Caller.Login, Deep(31)));
        AssertError(-32700, await server.PostAsync(server.Caller.Login, Deep(32)));
        AssertError(-32700, await server.PostAsync(server.Caller.Login, new string('[', 500_000)));

        byte[] bytes = [.. "{\"jsonrpc\":\"2.0\",\"id\":\"\u00ff\"}"u8.ToArray().Select(b => b == 0xc3 ? (byte)0xff : b)];
        using var request = server.Request(server.Caller.Login, "");
        request.Content = new ByteArrayContent(bytes);
        request.Headers.Remove("X-Request-Sign");
        byte[] signed = [.. Encoding.UTF8.GetBytes(server.Caller.Login + ":"), .. bytes];
        request.Headers.Add("X-Request-Sign", Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(RpcServer.Secret), signed)));
        AssertError(-32700, await server.ReadAsync(request));
    }

    [Theory]
    [InlineData("1", "null")]
    [InlineData("\"task.created\"", "null")]
    [InlineData("{}", "null")]
    [InlineData("[]", "null")]
    [InlineData("{\"jsonrpc\":\"1.0\",\"method\":\"task.created\",\"id\":5}", "5")]
    [InlineData("{\"jsonrpc\":2.0,\"method\":\"task.created\",\"id\":5}", "null")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":7,\"id\":\"a\"}", "\"a\"")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":5}", "5")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"task.created\",\"id\":[5]}", "null")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"\\ud800\",\"id\":5}", "null")]
    public async Task What_is_JSON_but_no_call_is_an_invalid_request(string body, string id)
    {
        var answer = await server.PostAsync(server.Caller.Login, body);
        AssertError(-32600, answer);
        Assert.Equal(id, answer.GetProperty("id").GetRawText());
    }

    [Theory]
    [InlineData("task.destroy")]
    [InlineData("journal.created")]
    [InlineData("created")]
    [InlineData("task.created.x")]
    [InlineData("Task.created")]
    [InlineData("system.listMethods")]
    [InlineData("")]
    public async Task Unknown_methods_are_not_found(string method) =>
        AssertError(-32601, await server.PostAsync(server.Caller.Login, $$$"""{"jsonrpc":"2.0","id":1,"method":"{{{method}}}","params":{"uid":"1"}}"""));

    [Theory]
    [InlineData("task.created", "[\"1\"]")]
    [InlineData("task.created", "\"1\"")]
    [InlineData("task.created", "{}")]
    [InlineData("task.created", "null")]
    [InlineData("task.created", "{\"uid\":\"\"}")]
    [InlineData("task.created", "{\"uid\":{}}")]
    [InlineData("task.created", "{\"uid\":\"\\udc00\"}")]
    [InlineData("task.created", "{\"uid\":\"1\",\"mailbox\":[]}")]
    [InlineData("task.get", "{\"uid\":\"1\"}")]
    [InlineData("task.get", "{\"uid\":\"1\",\"rev\":\"x\"}")]
    [InlineData("task.get", "{\"uid\":\"1\",\"rev\":1.5}")]
    [InlineData("task.get", "{\"uid\":\"1\",\"rev\":99999999999999999999}")]
    [InlineData("task.diff", "{\"uid\":\"1\",\"rev1\":1}")]
    [InlineData("task.diff", "{\"uid\":\"1\",\"rev1\":2,\"rev2\":2}")]
    [InlineData("task.diff", "{\"uid\":\"1\",\"rev1\":3,\"rev2\":2}")]
    [InlineData("system.keygen", "{}")]
    public async Task Wrong_parameters_are_told(string method, string parameters) =>
        AssertError(-32602, await server.PostAsync(server.Caller.Login, $$$"""{"jsonrpc":"2.0","id":1,"method":"{{{method}}}","params":{{{parameters}}}}"""));

    [Fact]
    public async Task A_batch_is_answered_call_by_call()
    {
        var user = await server.Stack.NewUserAsync();
        server.History.Add(user.Account, HistoryOperation.Append, new(2026, 3, 2, 8, 15, 0, TimeSpan.Zero), "Tasks", 1,
            "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"u8.ToArray());
        var answers = await server.PostAsync(user.Login, """
            [{"jsonrpc":"2.0","id":"a","method":"task.created","params":{"uid":"t"}}, {"jsonrpc":"2.0","method":"task.created","params":{"uid":"t"}}, 7,
             {"jsonrpc":"2.0","id":2,"method":"task.destroy"}, {"jsonrpc":"2.0","id":null,"method":"task.get","params":{"uid":"t","rev":1}}]
            """);
        Assert.Equal(["\"a\"", "null", "2", "null"], answers.EnumerateArray().Select(a => a.GetProperty("id").GetRawText()));
        Assert.Equal("t", answers[0].GetProperty("result").GetProperty("uid").GetString());
        AssertError(-32600, answers[1]);
        AssertError(-32601, answers[2]);
        Assert.Equal(JsonValueKind.False, answers[3].GetProperty("result").ValueKind);
    }

    [Fact]
    public async Task A_batch_has_up_to_fifty_calls()
    {
        string Batch(int calls) => $"[{string.Join(',', Enumerable.Repeat(Call, calls))}]";
        Assert.Equal(50, (await server.PostAsync(server.Caller.Login, Batch(50))).GetArrayLength());
        AssertError(-32600, await server.PostAsync(server.Caller.Login, Batch(51)));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"task.created","params":{"uid":"t"}}""")]
    [InlineData("""[{"jsonrpc":"2.0","method":"task.created","params":{"uid":"t"}}]""")]
    public async Task Calls_that_want_no_answer_get_none(string body)
    {
        using var request = server.Request(server.Caller.Login, body);
        using var response = await server.Http.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.NoContent, ""), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task A_request_has_up_to_a_megabyte()
    {
        const int Limit = 1024 * 1024;
        Assert.Equal(JsonValueKind.False, (await server.PostAsync(server.Caller.Login, Call.PadRight(Limit))).GetProperty("result").ValueKind);
        foreach (var chunked in new[] { false, true })
        {
            using var request = server.Request(server.Caller.Login, Call.PadRight(Limit + 1));
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await server.Http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
    }

    private static void AssertError(int code, JsonElement answer)
    {
        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.NotEmpty(answer.GetProperty("error").GetProperty("message").GetString()!);
        Assert.False(answer.TryGetProperty("result", out _));
    }
}
