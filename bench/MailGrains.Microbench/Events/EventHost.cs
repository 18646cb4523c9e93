using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Streams;
using MailGrains.Microbench.Host;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace MailGrains.Microbench.Events;

/// <summary>
/// One silo that brings the log of a store to a subscriber the way servers do (stream provider, grains, positions in the store), and mailboxes that write to
/// that log through the committer.
/// </summary>
internal sealed class EventHost : IAsyncDisposable
{
    private const int Mailboxes = 64;

    /// <summary>As many as a change of a whole folder makes; single deliveries cost more to write than to bring.</summary>
    private const int EventsOfCommit = 50;

    private readonly MailStores _stores;
    private readonly Committer _committer;
    private readonly InProcessTestCluster _cluster;
    private TalkingMailbox[] _mailboxes = [];

    private EventHost(MailStores stores)
    {
        _stores = stores;
        var appended = new EventSignal();
        var load = new CommitterLoad(TimeProvider.System);
        _committer = new Committer(stores.Mailboxes, stores.Bodies, NullLogger<Committer>.Instance, appended: appended, load: load);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(appended);
            silo.Services.AddSingleton(load);
            silo.Services.AddSingleton(stores.Events);
            silo.Services.AddSingleton(stores.BodyIndex);
            silo.Services.AddSingleton(stores.Reader);
            silo.Services.AddSingleton(stores.Subscribers);
            silo.Services.AddMailboxGrains();
            silo.AddSubscribers([new Subscriber(Handler)]);
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Error));
        _cluster = builder.Build();
    }

    public CountingHandler Handler { get; } = new();

    /// <summary>For pausing and resuming, as operators do it.</summary>
    public ISubscribersGrain Subscribers => _cluster.Client.GetGrain<ISubscribersGrain>(0);

    public IEventLog Log => _stores.Events;

    public static async Task<EventHost> StartAsync(StoreKind kind)
    {
        var host = new EventHost(await MailStores.OpenAsync(kind));
        await host._cluster.DeployAsync();
        host._mailboxes = await Task.WhenAll(Enumerable.Range(0, Mailboxes).Select(
            async _ => new TalkingMailbox(await host._stores.Mailboxes.ClaimAsync(AccountId.New(TimeProvider.System), CancellationToken.None))));
        await host.UntilAsync(places => places.Count == host.Log.Partitions);
        return host;
    }

    /// <summary>Makes at least so many events durable, in all mailboxes at once; returns how many it made.</summary>
    public async Task<int> WriteAsync(int events)
    {
        var commits = (int)Math.Ceiling(events / (double)(Mailboxes * EventsOfCommit));
        await Task.WhenAll(_mailboxes.Select(m => Task.Run(async () =>
        {
            for (var i = 0; i < commits; i++) await _committer.CommitAsync(m.Say(EventsOfCommit));
        })));
        return commits * EventsOfCommit * Mailboxes;
    }

    /// <summary>Returns when the positions of all partitions, as the store has them, are at the end of the log.</summary>
    public async Task CaughtUpAsync()
    {
        var heads = await Log.ReadHeadAsync(CancellationToken.None);
        await UntilAsync(places => places.All(p => p.Position >= heads[p.Partition]));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _committer.DisposeAsync();
        await _stores.DisposeAsync();
    }

    private async Task UntilAsync(Func<IReadOnlyList<SubscriberPosition>, bool> holds)
    {
        while (!holds(await _stores.Subscribers.ListSubscribersAsync(CancellationToken.None))) await Task.Delay(5);
    }
}
