using System.Text.Json.Nodes;
using MailGrains.Model;
using MailGrains.Outputs.RabbitMq;
using MailGrains.Outputs.Tests.Stage;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Snapshots;
using MailGrains.TestKit;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;

namespace MailGrains.Outputs.Tests.RabbitMq;

/// <summary>Against a real broker.</summary>
public sealed class RabbitMqHandlerTests(RabbitServer broker) : IAsyncLifetime
{
    private readonly OutputStage _stage = new();
    private readonly FakeTimeProvider _patience = new();
    private readonly string _exchange = $"events-{Guid.NewGuid():N}";
    private RabbitMqHandler _handler = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.EnsureStartedAsync();
        _handler = new RabbitMqHandler("rabbit", new RabbitMqOptions(broker.Url, _exchange), _patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        if (_handler is not null) await _handler.DisposeAsync();
    }

    [Fact]
    public async Task Events_arrive_in_their_order_with_what_consumers_need()
    {
        await BindAsync("all", "#");
        var ids = await _stage.WriteAsync("MessageNew", 500);
        await _stage.HandleAsync(_handler);
        var messages = await DrainAsync("all");
        Assert.Equal(ids, messages.Select(m => m.BasicProperties.MessageId));
        var first = messages[0];
        Assert.Equal(("MessageNew.0191a0b0-0000-7000-8000-000000000001", true), (first.RoutingKey, first.BasicProperties.Persistent));
        var body = JsonNode.Parse(first.Body.Span)!;
        Assert.Equal((1, ids[0]), ((int)body["position"]!, (string)body["event"]!["id"]!));
    }

    [Fact]
    public async Task Consumers_choose_by_type_and_account()
    {
        await BindAsync("logins", "Login.*");
        await BindAsync("account", $"*.{SampleEvents.Account.Value:D}");
        await _stage.WriteAsync(SampleEvents.Payload("MessageNew"), SampleEvents.Payload("Login"));
        await _stage.HandleAsync(_handler);
        Assert.Equal(["Login"], (await DrainAsync("logins")).Select(m => m.BasicProperties.Type));
        Assert.Equal(2, (await DrainAsync("account")).Count);
    }

    [Fact]
    public async Task A_picture_is_a_message_for_each_part_with_the_same_id_when_it_comes_again()
    {
        await BindAsync("mailboxes", "MailboxSnapshot.*");
        await BindAsync("account", $"*.{SampleEvents.Account.Value:D}");
        await _handler.HandleSnapshotAsync(3, SamplePicture.ReadAsync(), TestContext.Current.CancellationToken);
        await _handler.HandleSnapshotAsync(3, SamplePicture.ReadAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(2, (await DrainAsync("mailboxes")).Count);
        var messages = await DrainAsync("account");
        Assert.Equal(
            [SnapshotRecord.Mailbox, SnapshotRecord.Folder, SnapshotRecord.Mailbox, SnapshotRecord.Folder], messages.Select(m => m.BasicProperties.Type));
        Assert.Equal(2, messages.Select(m => m.BasicProperties.MessageId).Distinct().Count());
        var body = JsonNode.Parse(messages[1].Body.Span)!;
        Assert.Equal((3, 812, 2), ((int)body["partition"]!, (int)body["sequence"]!, body["snapshot"]!["messages"]!.AsArray().Count));
    }

    [Fact]
    public async Task What_nobody_is_bound_for_is_handled()
    {
        await _stage.WriteAsync("MessageNew", 3);
        _stage.Deliver(_handler);
        await _stage.CatchesUpAsync("rabbit");
        Assert.Empty(await _stage.DeadAsync("rabbit"));
    }

    /// <summary>Killed with no warning in the middle, twice: what was confirmed is on its disk, the rest comes again.</summary>
    [Fact]
    public async Task A_broker_that_is_restarted_has_every_event()
    {
        await BindAsync("all", "#");
        var ids = new List<string>(await _stage.WriteAsync("MessageNew", 300));
        _stage.Deliver(_handler);
        for (var kills = 1; kills <= 2; kills++)
        {
            var reached = kills * 100;
            await _stage.UntilAsync(async () => await _stage.PositionAsync("rabbit") >= reached);
            await broker.KillAsync();
            ids.AddRange(await _stage.WriteAsync("MessageNew", 50));
            await broker.EnsureStartedAsync();
        }

        await _stage.CatchesUpAsync("rabbit");
        Assert.Equal(ids, (await DrainAsync("all")).Select(m => m.BasicProperties.MessageId!).Distinct());
        Assert.Empty(await _stage.DeadAsync("rabbit"));
    }

    [Fact]
    public async Task A_broker_that_is_away_for_an_hour_has_every_event_afterwards()
    {
        await BindAsync("all", "#");
        var ids = new List<string>(await _stage.WriteAsync("MessageNew", 20));
        await broker.KillAsync();
        ids.AddRange(await _stage.FailsForAnHourAsync(_stage.Deliver(_handler)));
        await broker.EnsureStartedAsync();
        await _stage.CatchesUpAsync("rabbit");
        Assert.Equal(ids, (await DrainAsync("all")).Select(m => m.BasicProperties.MessageId!).Distinct());
        Assert.Empty(await _stage.DeadAsync("rabbit"));
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_waited_for()
    {
        await _stage.WriteAsync("MessageNew", 1);
        await using var lost = new RabbitMqHandler("rabbit", new RabbitMqOptions(new Uri("amqp://guest@127.0.0.1:1/"), _exchange), _patience);
        await Assert.ThrowsAsync<HandlerUnavailableException>(() => _stage.HandleAsync(lost));
    }

    [Fact]
    public async Task A_wrong_password_is_waited_for_and_not_told()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "password");
        File.WriteAllText(file, "not-the-secret");
        await _stage.WriteAsync("MessageNew", 1);
        var options = new RabbitMqOptions(broker.Url, _exchange) { Password = new SecretFile(file) };
        await using var handler = new RabbitMqHandler("rabbit", options, _patience);
        var refused = await Assert.ThrowsAsync<HandlerUnavailableException>(() => _stage.HandleAsync(handler));
        Assert.DoesNotContain("not-the-secret", refused.ToString(), StringComparison.Ordinal);
        File.WriteAllText(file, "guest");
        await _stage.HandleAsync(handler);
    }

    [Fact]
    public async Task An_exchange_of_another_type_is_waited_for()
    {
        await DeclareAsync(ExchangeType.Fanout);
        await _stage.WriteAsync("MessageNew", 1);
        await Assert.ThrowsAsync<HandlerUnavailableException>(() => _stage.HandleAsync(_handler));
        await DeleteAsync();
        await _stage.HandleAsync(_handler);
    }

    [Fact]
    public async Task No_message_is_too_strange()
    {
        await BindAsync("all", "#");
        var ids = await _stage.WriteAsync(Corpus.All().Select(name =>
        {
            var payload = SampleEvents.Payload("MessageNew");
            payload["messages"]![0]!["blobId"] = BlobId.Of(Corpus.Read(name)).ToString();
            payload["messages"]![0]!["messageId"] = System.Text.Encoding.Latin1.GetString(Corpus.Read(name).AsSpan(0, Math.Min(200, Corpus.Read(name).Length)));
            return payload;
        }));
        await _stage.HandleAsync(_handler);
        Assert.Equal(ids, (await DrainAsync("all")).Select(m => m.BasicProperties.MessageId));
    }

    private Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = broker.Url }.CreateConnectionAsync();

    private async Task DeclareAsync(string type)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(_exchange, type, durable: true);
    }

    private async Task DeleteAsync()
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeleteAsync(_exchange);
    }

    private async Task BindAsync(string queue, string key)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(_exchange, ExchangeType.Topic, durable: true);
        await channel.QueueDeclareAsync(_exchange + queue, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(_exchange + queue, _exchange, key);
    }

    private async Task<IReadOnlyList<BasicGetResult>> DrainAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var messages = new List<BasicGetResult>();
        while (await channel.BasicGetAsync(_exchange + queue, autoAck: true) is { } message) messages.Add(message);
        return messages;
    }
}
