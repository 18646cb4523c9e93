using System.Text.Json;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Core.Internal;
using Orleans.TestingHost;

namespace MailGrains.Authentication.Tests;

/// <summary>Two silos with the directory and mailboxes in memory, under a clock of its own; one for each test class.</summary>
public sealed class DirectoryCluster : IAsyncLifetime
{
    private readonly InMemoryMailboxStore _store = new();
    private readonly Committer _committer;
    private InProcessTestCluster _cluster = null!;
    private int _names;

    public DirectoryCluster()
    {
        _committer = new Committer(_store, Bodies, NullLogger<Committer>.Instance);
        Committer = new FragileCommitter(_committer);
    }

    public FrozenClock Clock { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    public InMemoryDirectory Directory { get; } = new();

    public IDirectoryGrain Whole => Grains.GetGrain<IDirectoryGrain>(0);

    internal FragileCommitter Committer { get; }

    private InMemoryBodyStore Bodies { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddSingleton<IMailboxStore>(_store);
            silo.Services.AddSingleton<IEventLog>(_store);
            silo.Services.AddSingleton<IBodyStore>(Bodies);
            silo.Services.AddSingleton<ICommitter>(Committer);
            silo.Services.AddMailboxGrains();
            silo.Services.AddSingleton<IDirectoryStore>(Directory);
            silo.Services.AddSingleton<IGroupStore>(Directory);
            silo.Services.AddSingleton<IDirectoryActStore>(Directory);
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.None));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _committer.DisposeAsync();
    }

    public MailAddress NewAddress() => Address($"name{Interlocked.Increment(ref _names)}@example.org");

    public static MailAddress Address(string text) =>
        MailAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    public IAccountGrain NewAccount() => Grains.GetGrain<IAccountGrain>(AccountId.New(TimeProvider.System).Value);

    public IAddressGrain AddressGrain(MailAddress address) => Grains.GetGrain<IAddressGrain>(address.Key);

    public static AccountId IdOf(IAccountGrain account) => new(account.GetPrimaryKey());

    public IMailboxGrain Mailbox(IAccountGrain account) => Grains.GetGrain<IMailboxGrain>(account.GetPrimaryKey());

    public async Task<IReadOnlyList<EventWrite>> LogAsync(IAccountGrain account) =>
        [.. (await _store.ReadMailboxAsync(IdOf(account), 0, int.MaxValue, CancellationToken.None)).Select(e => e.Event)];

    /// <summary>Events about the account, in order, as type and payload.</summary>
    public async Task<IReadOnlyList<(string Type, JsonElement Payload)>> EventsAsync(IAccountGrain account) =>
    [
        .. (await LogAsync(account)).Where(e => Enum.TryParse<AccountEventType>(e.Type, out _))
            .Select(e => (e.Type, JsonDocument.Parse(e.Payload).RootElement)),
    ];

    /// <summary>Payloads of the directory's log, in order, without those of the folders every log begins with.</summary>
    public async Task<IReadOnlyList<JsonElement>> DirectoryEventsAsync() =>
    [
        .. (await _store.ReadMailboxAsync(DirectoryLog.Id, 0, int.MaxValue, CancellationToken.None))
            .Where(e => Enum.TryParse<AccountEventType>(e.Event.Type, out _)).Select(e => JsonDocument.Parse(e.Event.Payload).RootElement),
    ];

    /// <summary>What a crash of the node does to one grain: the memory is gone.</summary>
    public static async Task ForgetAsync(IAccountGrain account)
    {
        await account.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
    }
}
