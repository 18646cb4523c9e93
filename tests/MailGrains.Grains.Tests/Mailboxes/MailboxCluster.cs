using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Tests.Mailboxes;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(MailboxCluster))]

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>One silo over the in-memory store; tests use accounts of their own.</summary>
public sealed class MailboxCluster : IAsyncLifetime
{
    public const int RememberedChanges = 60;
    public const long QuotaBytes = (7 << 20) + (512 << 10);

    private readonly Committer _committer;
    private InProcessTestCluster _cluster = null!;

    public MailboxCluster()
    {
        _committer = new Committer(Store, Bodies, NullLogger<Committer>.Instance);
        Committer = new SteeredCommitter(_committer);
        SteeredBodies = new SteeredBodies(Bodies);
    }

    public InMemoryMailboxStore Store { get; } = new();

    public InMemoryBodyStore Bodies { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    internal SteeredCommitter Committer { get; }

    internal SteeredBodies SteeredBodies { get; }

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IMailboxStore>(Store);
            silo.Services.AddSingleton<IEventLog>(Store);
            silo.Services.AddSingleton<IBodyStore>(SteeredBodies);
            silo.Services.AddSingleton<ICommitter>(Committer);
            silo.Services.AddMailboxGrains();
            silo.Services.Configure<MailboxLimits>(limits =>
            {
                limits.MaxMessageSize = 1 << 20;
                limits.RememberedChanges = RememberedChanges;
                limits.QuotaBytes = QuotaBytes;
            });
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Error));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _committer.DisposeAsync();
    }

    public IMailboxGrain Mailbox(AccountId account) => _cluster.Client.GetGrain<IMailboxGrain>(account.Value);

    public TestMailbox NewMailbox() => new(this, AccountId.New(TimeProvider.System));
}
