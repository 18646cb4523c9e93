using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MailGrains.Outputs.Tests.Stage;
using MailGrains.Outputs.Webhooks;
using MailGrains.Subscribers;
using MailGrains.TestKit;
using MailGrains.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Outputs.Tests.Webhooks;

public sealed class WebhookHandlerTests : IAsyncLifetime
{
    private readonly OutputStage _stage = new();
    private readonly WebhookReceiver _receiver = new();
    private readonly FakeTimeProvider _patience = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private TargetServer _server = null!;
    private WebhookHandler _handler = null!;

    private WebhookOptions Options => new(new Uri(_server.Url, "hook?token=x"), new ViewOptions("mail.example.org"));

    public async ValueTask InitializeAsync()
    {
        _server = await TargetServer.StartAsync(_receiver.AnswerAsync);
        _handler = Make(Options);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _server.DisposeAsync();
        _handler.Dispose();
    }

    [Fact]
    public async Task Batches_are_arrays_and_signed()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "secret");
        File.WriteAllText(file, "whsec\n");
        using var handler = Make(Options with { Secret = new SecretFile(file) });
        var ids = await _stage.WriteAsync("MessageNew", 3);
        await _stage.HandleAsync(handler);
        Assert.Equal(ids.Order(), _receiver.Events.Keys.Order());
        var (body, signature, type) = Assert.Single(_receiver.Bodies);
        var seconds = _patience.GetUtcNow().ToUnixTimeSeconds();
        var expected = HMACSHA256.HashData("whsec"u8, Encoding.UTF8.GetBytes($"{seconds}." + Encoding.UTF8.GetString(body)));
        Assert.Equal(($"t={seconds},v1={Convert.ToHexStringLower(expected)}", "application/json"), (signature, type));
    }

    [Fact]
    public async Task Lines_are_lines()
    {
        using var handler = Make(Options with { IsLines = true });
        var ids = await _stage.WriteAsync("MessageNew", 3);
        await _stage.HandleAsync(handler);
        AssertOnce(ids);
        var (body, signature, type) = Assert.Single(_receiver.Bodies);
        Assert.Equal([1L, 2, 3], Encoding.UTF8.GetString(body).TrimEnd('\n').Split('\n').Select(l => (long)JsonNode.Parse(l)!["position"]!));
        Assert.Equal(("", "application/x-ndjson"), (signature, type));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(302)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_receiver_that_can_not_is_waited_for(int status)
    {
        var ids = await _stage.WriteAsync("MessageNew", 25);
        _receiver.StatusOf = (_, _) => Task.FromResult(_receiver.Requests <= 6 ? status : 204);
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("hook");
        AssertOnce(ids);
        Assert.Empty(await _stage.DeadAsync("hook"));
    }

    [Fact]
    public async Task What_it_refuses_becomes_a_dead_letter_and_nothing_else()
    {
        var ids = await _stage.WriteAsync("MessageNew", 10);
        _receiver.StatusOf = (given, _) => Task.FromResult(given.Contains(ids[6]) ? 422 : 200);
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("hook");
        Assert.Equal(ids.Where(id => id != ids[6]).Order(), _receiver.Events.Keys.Order());
        Assert.Equal(7, Assert.Single(await _stage.DeadAsync("hook")).Position);
    }

    [Fact]
    public async Task It_comes_back_no_earlier_than_it_is_asked_to()
    {
        await _stage.WriteAsync("MessageNew", 1);
        var asked = new List<DateTimeOffset>();
        _receiver.StatusOf = (_, http) =>
        {
            asked.Add(_stage.Clock.GetUtcNow());
            http.Response.Headers.RetryAfter = "120";
            return Task.FromResult(asked.Count == 1 ? 503 : 200);
        };
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("hook");
        Assert.True(asked[1] - asked[0] >= TimeSpan.FromSeconds(120), $"{asked[1] - asked[0]}");
    }

    /// <summary>Nobody can know what it took, so it is told again: the ids say what it has.</summary>
    [Fact]
    public async Task A_receiver_that_dies_in_the_middle_is_told_again()
    {
        var ids = await _stage.WriteAsync("MessageNew", 30);
        var deaths = 4;
        _receiver.Taken = http =>
        {
            if (deaths-- > 0) http.Abort();
        };
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("hook");
        Assert.Equal(ids.Order(), _receiver.Events.Keys.Order());
        Assert.Equal(4 * 10, _receiver.Events.Values.Sum() - ids.Count);
    }

    [Fact]
    public async Task One_that_hangs_is_given_up_and_told_again()
    {
        var ids = await _stage.WriteAsync("MessageNew", 3);
        var hangs = new TaskCompletionSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receiver.StatusOf = async (_, _) =>
        {
            if (_receiver.Requests > 1) return 200;
            asked.SetResult();
            await hangs.Task;
            return 500;
        };
        _stage.Deliver(_handler);
        await asked.Task;
        _patience.Advance(TimeSpan.FromSeconds(31));
        await _stage.CatchesUpAsync("hook");
        hangs.SetResult();
        AssertOnce(ids);
    }

    [Fact]
    public async Task A_large_batch_makes_several_requests()
    {
        var ids = await _stage.WriteAsync("MessageNew", 100);
        using var handler = Make(Options with { MaxBytes = 10_000, Kind = ViewKind.Cyrus });
        await _stage.HandleAsync(handler);
        AssertOnce(ids);
        Assert.All(_receiver.Bodies, b => Assert.InRange(b.Body.Length, 100, 10_010));
        Assert.True(_receiver.Requests > 5);
    }

    /// <summary>An hour without a connection: nothing is lost, another subscriber is never behind, and what is written meanwhile comes too.</summary>
    [Fact]
    public async Task An_output_that_is_down_for_an_hour_loses_nothing_and_slows_nobody()
    {
        var ids = new List<string>(await _stage.WriteAsync("MessageNew", 40));
        await _server.StopAsync();
        var down = _stage.Clock.GetUtcNow();
        _stage.Deliver(_handler);
        var other = new WebhookReceiver();
        await using var otherServer = await TargetServer.StartAsync(other.AnswerAsync);
        using var healthy = new WebhookHandler("healthy", new WebhookOptions(otherServer.Url, Options.View), _patience);
        _stage.Deliver(healthy);
        while (_stage.Clock.GetUtcNow() - down < TimeSpan.FromHours(1))
        {
            ids.AddRange(await _stage.WriteAsync("MessageNew", 20));
            await _stage.CatchesUpAsync("healthy");
            _stage.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(ids.Order(), other.Events.Keys.Order());
        Assert.Equal(0, await _stage.PositionAsync("hook"));
        Assert.Empty(_receiver.Events);
        await _server.StartAsync();
        await _stage.CatchesUpAsync("hook");
        AssertOnce(ids);
        Assert.Empty(await _stage.DeadAsync("hook"));
    }

    private void AssertOnce(IReadOnlyList<string> ids)
    {
        Assert.Equal(ids.Order(), _receiver.Events.Keys.Order());
        Assert.All(_receiver.Events.Values, times => Assert.Equal(1, times));
    }

    private WebhookHandler Make(WebhookOptions options) => new("hook", options, _patience);
}
