using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailGrains.Authentication;
using MailGrains.Changelog.History;
using MailGrains.Evidence.Signing;
using MailGrains.Frontends.Authentication;
using MailGrains.Frontends.Http;
using MailGrains.Frontends.Http.Changelog;
using MailGrains.Frontends.Http.Evidence;
using MailGrains.Frontends.Tests.Imap;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.TestKit.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MailGrains.Frontends.Tests.Http;

/// <summary>The admin API and the changelog over HTTP, as a node serves them, with a history in memory; one account has the role.</summary>
public sealed class RpcServer(ImapStack stack) : IAsyncLifetime
{
    public const string Secret = "the secret of the clients";
    public const string AdminToken = "the admin's token";

    private WebApplication? _app;
    private TestUser? _caller;

    public HttpClient Http { get; } = new();

    public InMemoryChangeHistory History { get; } = new();

    internal ImapStack Stack => stack;

    /// <summary>The account with the role.</summary>
    internal TestUser Caller => _caller!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(stack.Grains);
        builder.Services.AddSingleton<IEventLog>(stack.Store);
        builder.Services.AddSingleton<IEmailReader>(stack.Store);
        builder.Services.AddSingleton<IBodyReader>(stack.Bodies);
        builder.Services.AddSingleton<IChangeHistory>(History);
        builder.Services.AddMailAuthentication(new AuthenticationOptions { Argon2MemoryKiB = 64, Argon2Iterations = 1, ScramIterations = 4096 });
        builder.Services.AddAdminHttp(AdminToken, new HttpLimits(1_000_000), new EvidenceFiles(null, Path.GetTempPath(), new SignerFolders(Path.GetTempPath(), Path.GetTempPath()), null));
        builder.Services.AddChangelogRpc(Secret);
        _app = builder.Build();
        _app.UseRouting();
        _app.MapAdminHttp();
        await _app.StartAsync();
        Http.BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        _caller = await stack.NewUserAsync();
        await stack.Grains.GetGrain<IDirectoryGrain>(0).GrantAsync("changelog", Caller.Account);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }

    public static string Sign(string secret, string user, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(user + ":" + body)));

    /// <summary>A request as a client with the role and the secret makes it.</summary>
    public HttpRequestMessage Request(string user, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/rpc") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = BasicLogin.Of(Caller.Login, ImapStack.Password);
        request.Headers.Add("X-Request-User", user);
        request.Headers.Add("X-Request-Sign", Sign(Secret, user, body));
        return request;
    }

    public async Task<JsonElement> PostAsync(string user, string body)
    {
        using var request = Request(user, body);
        return await ReadAsync(request);
    }

    /// <summary>An answer to a call, which has status 200 whatever it is.</summary>
    public async Task<JsonElement> ReadAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((200, "application/json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The result of one call.</summary>
    public async Task<JsonElement> CallAsync(string user, string method, object parameters)
    {
        var answer = await PostAsync(user, JsonSerializer.Serialize(new { jsonrpc = "2.0", method, id = 7, @params = parameters }));
        Assert.Equal("2.0", answer.GetProperty("jsonrpc").GetString());
        Assert.Equal(7, answer.GetProperty("id").GetInt32());
        Assert.True(answer.TryGetProperty("result", out var result), answer.ToString());
        return result;
    }

    public async Task<HttpResponseMessage> SendAsync(Action<HttpRequestMessage> change, string body = "{}")
    {
        using var request = Request(Caller.Login, body);
        change(request);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
