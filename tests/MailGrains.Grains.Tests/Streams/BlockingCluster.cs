using System.Diagnostics.Metrics;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Streams;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>A silo with mailboxes, of which some answers wait for subscribers.</summary>
internal sealed class BlockingCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly Committer _committer;
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, int> _outcomes = [];

    private BlockingCluster(Subscriber[] subscribers)
    {
        var appended = new EventSignal();
        var bodies = new InMemoryBodyStore();
        _committer = new Committer(Store, bodies, NullLogger<Committer>.Instance, appended: appended);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(appended);
            silo.Services.AddSingleton<IMailboxStore>(Store);
            silo.Services.AddSingleton<IEventLog>(Store);
            silo.Services.AddSingleton<IBodyIndex>(Store);
            silo.Services.AddSingleton<IBodyStore>(bodies);
            silo.Services.AddSingleton<IBodyReader>(bodies);
            silo.Services.AddSingleton<ICommitter>(_committer);
            silo.Services.AddSingleton<ISubscriberStore>(Positions);
            silo.Services.AddMailboxGrains();
            silo.AddSubscribers(subscribers);
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Critical));
        _cluster = builder.Build();
    }

    public InMemoryMailboxStore Store { get; } = new(partitions: 2);

    public SteeredSubscriberStore Positions { get; } = new();

    public static async Task<BlockingCluster> StartAsync(params Subscriber[] subscribers)
    {
        var cluster = new BlockingCluster(subscribers);
        await cluster._cluster.DeployAsync();
        cluster.Listen();
        foreach (var subscriber in subscribers)
            for (var partition = 0; partition < 2; partition++)
                await cluster.Subscriber(subscriber.Name, partition).ConfirmAsync(0, TimeSpan.FromSeconds(10));
        return cluster;
    }

    /// <summary>A mailbox nobody has touched yet.</summary>
    public IMailboxGrain NewMailbox(int partition = 0)
    {
        while (true)
        {
            var account = AccountId.New(TimeProvider.System);
            if (EventPartition.Of(account, Store.Partitions) == partition) return _cluster.Client.GetGrain<IMailboxGrain>(account.Value);
        }
    }

    public ISubscriberGrain Subscriber(string name, int partition = 0) =>
        _cluster.Client.GetGrain<ISubscriberGrain>(new SubscriberKey(name, partition).ToString());

    public static async Task<long> MessagesAsync(IMailboxGrain mailbox) => (await mailbox.TotalsAsync()).Messages;

    /// <summary>Removes the first events of partition 0.</summary>
    public async Task CutAsync(long to) => Assert.True(await new InMemoryEventRetention(Store, new InMemorySubscriberStore()).CutAsync(
        0, new LogStart(0, to, DateTimeOffset.UnixEpoch, default), CancellationToken.None));

    /// <summary>How many answers of this kind were given.</summary>
    public int Answers(string outcome)
    {
        lock (_outcomes) return _outcomes.GetValueOrDefault(outcome);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _cluster.DisposeAsync();
        await _committer.DisposeAsync();
    }

    private void Listen()
    {
        var meter = _cluster.Silos[0].ServiceProvider.GetRequiredService<SubscriberMetrics>().Meter;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "mailgrains.subscriber.waited" && ReferenceEquals(instrument.Meter, meter)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var outcome = (string)tags.ToArray().Single(t => t.Key == "outcome").Value!;
            lock (_outcomes) _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        });
        _listener.Start();
    }
}
