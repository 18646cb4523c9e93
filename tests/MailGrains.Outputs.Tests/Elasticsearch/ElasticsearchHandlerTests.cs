using System.Globalization;
using System.Text.Json.Nodes;
using MailGrains.Model;
using MailGrains.Outputs.Elasticsearch;
using MailGrains.Outputs.Tests.Stage;
using MailGrains.Subscribers;
using MailGrains.TestKit;
using MailGrains.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Outputs.Tests.Elasticsearch;

public sealed class ElasticsearchHandlerTests : IAsyncLifetime
{
    private readonly OutputStage _stage = new();
    private readonly SearchServer _search = new();
    private readonly FakeTimeProvider _patience = new();
    private TargetServer _server = null!;
    private ElasticsearchHandler _handler = null!;

    private ElasticsearchOptions Options => new(_server.Url, new ViewOptions("mail.example.org"));

    public async ValueTask InitializeAsync()
    {
        _server = await TargetServer.StartAsync(_search.AnswerAsync);
        _handler = Make(Options);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _server.DisposeAsync();
        _handler.Dispose();
    }

    [Fact]
    public async Task Each_event_is_a_document_under_its_id()
    {
        var ids = await _stage.WriteAsync("MessageNew", 25);
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("search");
        Assert.Equal(ids.Order(), LoggedIds());
        Assert.Equal("logstash-*", (string)_search.Template!["index_patterns"]![0]!);
        Assert.Contains(_search.Documents, d => d.Key.Index == "objects-folder" && (string)d.Value["name"]! == "INBOX");
    }

    [Fact]
    public async Task A_session_is_one_document_and_a_logout_alone_is_none()
    {
        var stranger = SampleEvents.Payload("Logout");
        stranger["session"]!["id"] = "0191a0b0-0000-7000-8000-00000000ffff";
        await _stage.WriteAsync(SampleEvents.Payload("Login"), SampleEvents.Payload("Logout"), stranger);
        _stage.Deliver(_handler, batchSize: 1);
        await _stage.CatchesUpAsync("search");
        var session = Assert.Single(_search.Log);
        Assert.Equal(("Login", 93.5), ((string)session["event"]!, (double)session["duration"]!));
        Assert.Empty(await _stage.DeadAsync("search"));
    }

    [Fact]
    public async Task A_login_that_comes_again_does_not_open_the_session_again()
    {
        await _stage.WriteAsync([SampleEvents.Payload("Login"), SampleEvents.Payload("Logout")]);
        await _stage.HandleAsync(_handler);
        await _stage.HandleAsync(Make(Options with { PutsTemplate = false }));
        Assert.Equal(93.5, (double)Assert.Single(_search.Log)["duration"]!);
    }

    [Fact]
    public async Task Documents_without_room_are_sent_again_alone()
    {
        var ids = await _stage.WriteAsync("MessageNew", 10);
        var full = new HashSet<string>(ids.Take(3));
        _search.StatusOf = source => source["event_id"] is { } id && full.Remove((string)id!) ? 429 : null;
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("search");
        Assert.Equal(ids.Order(), LoggedIds());
        Assert.All(_search.Writes.Where(w => w.Key.Index.StartsWith("logstash", StringComparison.Ordinal)), w => Assert.Equal(1, w.Value));
    }

    /// <summary>The login had no room and the logout found nothing: both come again, in their order.</summary>
    [Fact]
    public async Task A_logout_waits_for_its_login()
    {
        await _stage.WriteAsync([SampleEvents.Payload("Login"), SampleEvents.Payload("Logout")]);
        var refusals = 1;
        _search.StatusOf = source => (string?)source["event"] == "Login" && refusals-- > 0 ? 503 : null;
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("search");
        Assert.Equal(93.5, (double)Assert.Single(_search.Log)["duration"]!);
    }

    [Fact]
    public async Task A_document_that_is_refused_fails_its_event_alone()
    {
        var ids = await _stage.WriteAsync("MessageNew", 10);
        _search.StatusOf = source => (string?)source["event_id"] == ids[4] ? 400 : null;
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("search");
        Assert.Equal(ids.Where(id => id != ids[4]).Order(), LoggedIds());
        var dead = Assert.Single(await _stage.DeadAsync("search"));
        Assert.Equal(5, dead.Position);
        Assert.Contains(ids[4], dead.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_server_that_can_not_is_waited_for(int status)
    {
        var ids = await _stage.WriteAsync("MessageNew", 3);
        var failures = 5;
        _search.Before = http =>
        {
            if (!http.Request.Path.StartsWithSegments("/_bulk") || failures-- <= 0) return Task.FromResult(false);
            http.Response.StatusCode = status;
            return Task.FromResult(true);
        };
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("search");
        Assert.Equal(ids.Order(), LoggedIds());
        Assert.Empty(await _stage.DeadAsync("search"));
    }

    [Fact]
    public async Task A_server_that_dies_after_it_wrote_has_each_event_once()
    {
        var ids = await _stage.WriteAsync("MessageNew", 30);
        var deaths = 5;
        _search.Written = http =>
        {
            if (deaths-- > 0) http.Abort();
        };
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("search");
        Assert.Equal(ids.Order(), LoggedIds());
    }

    [Fact]
    public async Task A_server_that_is_away_for_an_hour_has_every_event_afterwards()
    {
        var ids = new List<string>(await _stage.WriteAsync("MessageNew", 20));
        await _server.StopAsync();
        ids.AddRange(await _stage.FailsForAnHourAsync(_stage.Deliver(_handler)));
        Assert.Empty(_search.Documents);
        await _server.StartAsync();
        await _stage.CatchesUpAsync("search");
        Assert.Equal(ids.Order(), LoggedIds());
        Assert.Empty(await _stage.DeadAsync("search"));
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_and_asked_again()
    {
        var ids = await _stage.WriteAsync("MessageNew", 3);
        var hangs = new TaskCompletionSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _search.Before = async http =>
        {
            if (_search.Requests > 1) return false;
            asked.SetResult();
            await hangs.Task;
            return true;
        };
        _stage.Deliver(_handler);
        await asked.Task;
        _patience.Advance(TimeSpan.FromSeconds(31));
        await _stage.CatchesUpAsync("search");
        hangs.SetResult();
        Assert.Equal(ids.Order(), LoggedIds());
    }

    [Fact]
    public async Task A_large_batch_makes_several_requests()
    {
        var ids = await _stage.WriteAsync("MessageNew", 100);
        using var handler = Make(Options with { MaxBytes = 10_000 });
        await _stage.HandleAsync(handler);
        Assert.Equal(ids.Order(), LoggedIds());
        Assert.InRange(_search.Requests, 8, 50);
    }

    [Fact]
    public async Task It_logs_in_with_what_the_files_hold_now()
    {
        using var folder = new TemporaryFolder();
        var password = Path.Combine(folder.Path, "password");
        File.WriteAllText(password, "first\n");
        using var handler = Make(Options with { User = "elastic", Password = new SecretFile(password), PutsTemplate = false });
        await _stage.WriteAsync("MessageNew", 1);
        await _stage.HandleAsync(handler);
        File.WriteAllText(password, "second\n");
        await _stage.HandleAsync(handler);
        Assert.Equal(new[] { Basic("elastic:first"), Basic("elastic:second") }, _search.Authorizations);
    }

    [Fact]
    public async Task A_picture_has_documents_of_folders_and_messages_that_stay_the_newest()
    {
        await _handler.HandleSnapshotAsync(0, SamplePicture.ReadAsync(812, MessageFlags.Flagged), TestContext.Current.CancellationToken);
        await _handler.HandleSnapshotAsync(0, SamplePicture.ReadAsync(800), TestContext.Current.CancellationToken);
        Assert.NotNull(_search.Template);
        Assert.Equal(
            ["Archive/2026", "INBOX"],
            _search.Documents.Where(d => d.Key.Index == "objects-folder").Select(d => (string)d.Value["name"]!).Order(StringComparer.Ordinal));
        Assert.Equal(4, _search.Log.Count);
        Assert.Equal(@"\Flagged", (string)Assert.Single(_search.Log, d => (string?)d["uidset"] == "7")["flag_names"]!);
    }

    [Fact]
    public async Task A_picture_for_which_there_is_no_room_is_sent_again_and_one_that_is_refused_is_waited_for()
    {
        var refusals = 3;
        _search.StatusOf = source => (string?)source["uidset"] == "7" && refusals-- > 0 ? 429 : null;

        // The clock goes on while answers are waited for too.
        using var handler = Make(Options with { Timeout = TimeSpan.FromDays(30) });
        var sending = handler.HandleSnapshotAsync(0, SamplePicture.ReadAsync(), TestContext.Current.CancellationToken);
        while (!sending.IsCompleted)
        {
            _patience.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await sending;
        Assert.Equal(4, _search.Log.Count);
        _search.StatusOf = source => (string?)source["uidset"] == "7" ? 400 : null;
        await Assert.ThrowsAsync<HandlerUnavailableException>(
            () => _handler.HandleSnapshotAsync(0, SamplePicture.ReadAsync(), TestContext.Current.CancellationToken));
    }

    /// <summary>Whatever mail is like, it is logged.</summary>
    [Fact]
    public async Task No_message_is_too_strange()
    {
        var ids = await _stage.WriteAsync(Corpus.All().Select(name =>
        {
            var message = Corpus.Read(name);
            var payload = SampleEvents.Payload("MessageNew");
            payload["messages"]![0]!["blobId"] = BlobId.Of(message).ToString();
            _stage.Contents[BlobId.Of(message)] = message;
            return payload;
        }));
        Assert.True(ids.Count > 100);
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("search");
        Assert.Equal(ids.Order(), LoggedIds());
        Assert.Empty(await _stage.DeadAsync("search"));
        Assert.True(_search.Log.Count(d => d["headers"] is JsonObject { Count: > 3 }) > ids.Count / 2);
        var dates = _search.Log.Select(d => d["headers"]?["Date"]).OfType<JsonValue>().Select(d => d.GetValue<string>()).ToList();
        Assert.NotEmpty(dates);
        Assert.All(dates, date => Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(date, CultureInfo.InvariantCulture).Offset));
    }

    private static string Basic(string login) => "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(login));

    private IOrderedEnumerable<string> LoggedIds() => _search.Log.Select(d => (string)d["event_id"]!).Order();

    private ElasticsearchHandler Make(ElasticsearchOptions options) => new("search", options, _patience);
}
