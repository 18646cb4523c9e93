using System.Text.Json;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Tests.Mailboxes;
using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Delivery;
using MailGrains.Subscribers.JsonLines;
using MailGrains.Subscribers.Snapshots;
using MailGrains.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Who starts behind removed events gets the picture of each mailbox, and then what happened since.</summary>
public sealed class LateSubscriberTests(MailboxCluster cluster) : IAsyncDisposable
{
    private readonly InMemorySubscriberStore _positions = new();
    private readonly List<IAsyncDisposable> _deliveries = [];
    private SubscriberMetrics? _metrics;
    private Action _wake = () => { };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var delivery in _deliveries) await delivery.DisposeAsync();
        _metrics?.Dispose();
    }

    [Fact]
    public async Task The_picture_is_what_the_mailbox_is()
    {
        var (mailbox, session) = await FilledAsync();
        var handler = new PictureHandler(mailbox.Account);
        await StartAsync(handler, mailbox.Account);

        using var first = JsonDocument.Parse(handler.Records[0].Payload);
        var root = first.RootElement;
        Assert.Equal(SnapshotRecord.Mailbox, root.GetProperty("type").GetString());
        Assert.Equal(mailbox.Account.Value, root.GetProperty("account").GetProperty("id").GetGuid());
        var tree = await mailbox.Grain.ListAsync();
        Assert.Equal(tree.Folders.Select(f => f.Path).Order(), root.GetProperty("folders").EnumerateArray().Select(f => f.GetProperty("path").GetString()).Order());
        var written = await mailbox.EventsAsync();
        Assert.Equal((written[^1].Sequence, written[^1].Hash), (handler.Records[0].Sequence, handler.Records[0].Hash));
        Assert.All(handler.Records, r => Assert.Equal(written[^1].Sequence, r.Sequence));

        var messages = handler.Records.Skip(1).SelectMany(r => JsonDocument.Parse(r.Payload).RootElement.GetProperty("messages").EnumerateArray()).ToList();
        var rows = await mailbox.RowsAsync(session);
        Assert.Equal(TestMailbox.Uids(rows), messages.Select(m => m.GetProperty("uid").GetUInt32()));
        Assert.Equal(400, messages.Count);
        Assert.Equal(@"\Seen", Assert.Single(messages[6].GetProperty("flagsAfter").EnumerateArray()).GetString());
        Assert.Empty(messages[7].GetProperty("flagsAfter").EnumerateArray());
        Assert.All(messages, m => Assert.Equal(64, m.GetProperty("blobId").GetString()!.Length));
    }

    /// <summary>So that folders can be told from what they were, and joined with what happens later.</summary>
    [Fact]
    public async Task Folders_have_the_state_in_the_picture_that_events_name()
    {
        var (mailbox, session) = await FilledAsync();
        await mailbox.AppendAsync(session, "Archive/2026");
        var handler = new PictureHandler(mailbox.Account);
        await StartAsync(handler, mailbox.Account);
        var told = (await mailbox.EventsAsync()).Select(e => JsonDocument.Parse(e.Payload).RootElement)
            .Where(e => e.TryGetProperty("counters", out _)).Select(e => Named(e.GetProperty("mailbox"))).ToHashSet();
        var pictures = handler.Records.Select(r => JsonDocument.Parse(r.Payload).RootElement).ToList();
        var folders = pictures[0].GetProperty("folders").EnumerateArray().Select(Named).ToHashSet();
        Assert.Subset(folders, told);
        var filled = pictures.Skip(1).Select(p => Named(p.GetProperty("mailbox"))).ToHashSet();
        Assert.Equal(["Archive/2026", "INBOX"], filled.Select(f => f.Item1).Order(StringComparer.Ordinal));
        Assert.Subset(told, filled);

        static (string?, string?) Named(JsonElement folder) => (folder.GetProperty("path").GetString(), folder.GetProperty("stateId").GetString());
    }

    [Fact]
    public async Task What_changes_while_the_picture_is_taken_comes_once()
    {
        var (mailbox, session) = await FilledAsync();
        var handler = new PictureHandler(mailbox.Account) { Meanwhile = () => mailbox.AppendAsync(session) };
        await StartAsync(handler, mailbox.Account);
        await mailbox.AppendAsync(session);
        await mailbox.AppendAsync(session);
        _wake();

        var last = (await mailbox.EventsAsync())[^1].Sequence;
        await Eventually.EqualAsync(true, () => Task.FromResult(handler.Sequences.Contains(last)));
        var picture = handler.Records[0].Sequence;
        Assert.Equal(Enumerable.Range((int)picture + 1, (int)(last - picture)).Select(s => (long)s), handler.Sequences);
        Assert.True(last >= picture + 3);
    }

    [Fact]
    public async Task The_picture_of_a_mailbox_that_never_stands_still_is_of_one_moment()
    {
        var (mailbox, session) = await FilledAsync();
        var handler = new PictureHandler(mailbox.Account);
        var emails = new BusyEmails(cluster.Store, mailbox.Account, () => mailbox.AppendAsync(session));
        await StartAsync(handler, mailbox.Account, emails: emails);

        Assert.Equal(1, handler.Pictures);
        Assert.True(emails.Changes >= 2);
        Assert.Single(handler.Records.Select(r => r.Sequence).Distinct());
        using var first = JsonDocument.Parse(handler.Records[0].Payload);
        var messages = handler.Records.Skip(1).Sum(r => JsonDocument.Parse(r.Payload).RootElement.GetProperty("messages").GetArrayLength());
        Assert.Equal(first.RootElement.GetProperty("messages").GetInt32(), messages);

        var last = (await mailbox.EventsAsync())[^1].Sequence;
        _wake();
        await Eventually.EqualAsync(true, () => Task.FromResult(handler.Sequences.Contains(last)));
        var picture = handler.Records[0].Sequence;
        Assert.Equal(Enumerable.Range((int)picture + 1, (int)(last - picture)).Select(s => (long)s), handler.Sequences);
    }

    [Fact]
    public async Task One_that_is_moved_back_has_the_events_again_that_are_in_the_picture()
    {
        var (mailbox, session) = await FilledAsync();
        var handler = new PictureHandler(mailbox.Account);
        var log = new HeadHookedLog(cluster.Store) { AfterFirstHead = () => mailbox.AppendAsync(session) };
        var partition = await StartAsync(handler, mailbox.Account, log);
        Assert.Equal((await mailbox.EventsAsync())[^1].Sequence, handler.Records[0].Sequence);

        var picture = (await cluster.Store.ReadMailboxAsync(mailbox.Account, handler.Records[0].Sequence - 1, 1, Cancellation))[0];
        await Eventually.EqualAsync(
            true, async () => (await _positions.FindSubscriberAsync("late", partition, Cancellation))!.Position >= picture.Position);
        Assert.Empty(handler.Sequences);
        await _positions.MoveSubscriberAsync("late", partition, picture.Position - 1, Cancellation);
        _wake();
        await Eventually.EqualAsync(true, () => Task.FromResult(handler.Sequences.Contains(picture.Event.Sequence)));
        Assert.Equal(1, handler.Pictures);
    }

    [Fact]
    public async Task Events_that_are_in_the_picture_already_are_left_out()
    {
        var (mailbox, session) = await FilledAsync();
        var handler = new PictureHandler(mailbox.Account);

        // The log is looked at before the mailboxes are read; what is written in between is in both.
        var log = new HeadHookedLog(cluster.Store) { AfterFirstHead = () => mailbox.AppendAsync(session) };
        await StartAsync(handler, mailbox.Account, log);
        await mailbox.AppendAsync(session);
        _wake();

        var last = (await mailbox.EventsAsync())[^1].Sequence;
        await Eventually.EqualAsync(true, () => Task.FromResult(handler.Sequences.Contains(last)));
        Assert.Equal([last], handler.Sequences);
        Assert.Equal(last - 1, handler.Records[0].Sequence);
    }

    [Fact]
    public async Task A_picture_that_could_not_be_taken_is_taken_anew()
    {
        var (mailbox, _) = await FilledAsync();
        var failures = 2;
        var handler = new PictureHandler(mailbox.Account);
        handler.Meanwhile = () => failures-- > 0 ? Task.FromException(new HandlerUnavailableException("full")) : Task.CompletedTask;
        await StartAsync(handler, mailbox.Account);
        Assert.Equal(3, handler.Pictures);
        Assert.Equal(SnapshotRecord.Mailbox, handler.Records[0].Type);
    }

    [Fact]
    public async Task Lines_have_the_picture_in_a_file_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var (mailbox, session) = await FilledAsync();
        var partition = await StartAsync(new JsonLinesHandler("late", new JsonLinesOptions(folder.Path)), mailbox.Account);
        await mailbox.AppendAsync(session);
        _wake();
        var last = (await cluster.Store.ReadMailboxAsync(mailbox.Account, 0, int.MaxValue, Cancellation))[^1];
        await Eventually.EqualAsync(
            true, async () => (await _positions.FindSubscriberAsync("late", partition, Cancellation))!.Position >= last.Position);

        // Others write to this partition too: nobody has the file open when the delivery has ended.
        await _deliveries[0].DisposeAsync();
        _deliveries.Clear();
        var picture = await File.ReadAllLinesAsync(Path.Combine(folder.Path, $"{partition}.snapshot.jsonl"), Cancellation);
        using var line = JsonDocument.Parse(picture.First(l => l.Contains(mailbox.Account.Value.ToString(), StringComparison.Ordinal)));
        Assert.Equal(SnapshotRecord.Mailbox, line.RootElement.GetProperty("snapshot").GetProperty("type").GetString());
        var events = await File.ReadAllLinesAsync(Path.Combine(folder.Path, $"{partition}.jsonl"), Cancellation);
        Assert.Contains(events, l => l.Contains($"\"position\":{last.Position},", StringComparison.Ordinal));
        Assert.Empty(System.IO.Directory.GetFiles(folder.Path, "*.part"));
    }

    /// <summary>A mailbox with 400 messages that are left of 450, of which one is seen, and with events that are removed but for the last.</summary>
    private async Task<(TestMailbox Mailbox, SessionId Session)> FilledAsync()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.Grain.CreateFolderAsync(session, "Archive/2026", null);
        await mailbox.AppendAsync(session, "INBOX", 50, @"\Deleted");
        await mailbox.Grain.SyncAsync(session, UpdateScope.All);
        await mailbox.Grain.ExpungeAsync(session, new ExpungeRequest());
        await mailbox.AppendAsync(session, count: 400);
        await mailbox.Grain.SyncAsync(session, UpdateScope.All);
        await mailbox.StoreAsync(session, TestMailbox.Set(57), StoreMode.Add, @"\Seen");
        return (mailbox, session);
    }

    private async Task<int> StartAsync(IEventHandler handler, AccountId account, IEventLog? log = null, IEmailReader? emails = null)
    {
        var partition = EventPartition.Of(account, cluster.Store.Partitions);
        var events = log ?? new ShortenedLog(cluster.Store);
        _metrics = new SubscriberMetrics(this, _ => 0, TimeProvider.System);
        var services = new SubscriberServices(events, _positions, new NoContents(), _metrics, TimeProvider.System, NullLogger<SubscriberDelivery>.Instance)
        {
            Snapshots = new SnapshotSource(cluster.Store, emails ?? cluster.Store, events),
        };
        var delivery = new SubscriberDelivery(DeliveryStage.Quick(handler), partition, services);
        _deliveries.Add(delivery);
        _wake = delivery.Wake;
        await delivery.ConfirmAsync(0, Cancellation);
        return partition;
    }
}
