using System.Text.Json.Nodes;
using MailGrains.Model;
using MailGrains.Outputs.Elasticsearch;
using MailGrains.Outputs.RabbitMq;
using MailGrains.Outputs.Tests.Stage;
using MailGrains.Outputs.Webhooks;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Snapshots;
using MailGrains.Views;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Outputs.Tests.Webhooks;

/// <summary>What a webhook is told that comes late, and who else can come late.</summary>
public sealed class SnapshotWebhookTests
{
    private static readonly AccountId Account = new(new Guid("0191a0b0-0000-7000-8000-000000000001"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pictures_are_posted_in_order_and_repeated_while_the_receiver_is_away()
    {
        var (requests, taken) = (0, new List<JsonNode>());
        await using var server = await TargetServer.StartAsync(async http =>
        {
            var body = (await JsonNode.ParseAsync(http.Request.Body))!.AsArray();
            http.Response.StatusCode = ++requests % 3 == 0 ? 200 : 503;
            if (requests % 3 == 0) taken.AddRange(body.Select(one => one!));
        });
        var time = new FakeTimeProvider();
        var options = new WebhookOptions(server.Url, new ViewOptions("mail.example.org")) { MaxBytes = 1000 };
        using var hook = new SnapshotWebhook(new WebhookHandler("hook", options, TimeProvider.System), options, time);

        var posting = hook.HandleSnapshotAsync(3, RecordsAsync(), Cancellation);
        while (!posting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await posting;
        Assert.Equal(Enumerable.Range(1, 40), taken.Select(one => (int)one["snapshot"]!["n"]!));
        Assert.All(taken, one => Assert.Equal((3, 7L), ((int)one["partition"]!, (long)one["sequence"]!)));
        Assert.True(requests > 9, $"{requests} requests");
    }

    [Fact]
    public async Task A_picture_that_is_refused_is_no_dead_letter()
    {
        await using var server = await TargetServer.StartAsync(http =>
        {
            http.Response.StatusCode = 422;
            return Task.CompletedTask;
        });
        var options = new WebhookOptions(server.Url, new ViewOptions("mail.example.org"));
        using var hook = new SnapshotWebhook(new WebhookHandler("hook", options, TimeProvider.System), options, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<HandlerUnavailableException>(() => hook.HandleSnapshotAsync(3, RecordsAsync(), Cancellation));
        Assert.Contains("422", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ViewKind.Cyrus, "vnd.mailgrains.eventId")]
    [InlineData(ViewKind.Bonnie, "event_id")]
    public async Task Pictures_are_posted_in_the_form_that_events_have(ViewKind view, string id)
    {
        var taken = new List<JsonNode>();
        await using var server = await TargetServer.StartAsync(async http =>
            taken.AddRange((await JsonNode.ParseAsync(http.Request.Body))!.AsArray().Select(one => one!)));
        var options = new WebhookOptions(server.Url, new ViewOptions("mail.example.org")) { Kind = view };
        using var hook = new SnapshotWebhook(new WebhookHandler("hook", options, TimeProvider.System), options, TimeProvider.System);
        await hook.HandleSnapshotAsync(3, SamplePicture.ReadAsync(), Cancellation);
        Assert.Equal(
            [SnapshotRecord.Mailbox, SnapshotRecord.Mailbox, SnapshotRecord.Folder, SnapshotRecord.Folder], taken.Select(one => (string)one["event"]!));
        Assert.Equal(4, taken.Select(one => (string)one[id]!).Distinct().Count());
    }

    [Theory]
    [InlineData("webhook", "json")]
    [InlineData("webhook", "cyrus")]
    [InlineData("webhook", "bonnie")]
    [InlineData("elasticsearch", null)]
    [InlineData("rabbitmq", null)]
    public void All_kinds_take_pictures(string kind, string? view)
    {
        var kinds = SubscriberKinds.BuiltIn.With("webhook", new WebhookFactory()).With("elasticsearch", new ElasticsearchFactory())
            .With("rabbitmq", new RabbitMqFactory());
        var url = kind == "rabbitmq" ? "amqp://guest@localhost/" : "http://localhost/";
        List<KeyValuePair<string, string>> keys = [new("Kind", kind), new("Url", url)];
        if (view is not null) keys.Add(new("View", view));
        Assert.IsAssignableFrom<ISnapshotHandler>(kinds.Create(new SubscriberSection("late", keys)).Handler);
    }

    private static async IAsyncEnumerable<SnapshotRecord> RecordsAsync()
    {
        for (var n = 1; n <= 40; n++)
        {
            await Task.Yield();
            yield return new SnapshotRecord(Account, 7, default, SnapshotRecord.Folder, System.Text.Encoding.UTF8.GetBytes($$"""{"n":{{n}}}"""));
        }
    }
}
