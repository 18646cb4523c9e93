using MailGrains.Grains.Contracts.Cluster;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace MailGrains.Grains.Tests.Cluster;

/// <summary>A silo that is being emptied, and the one that takes what it had.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    private readonly InMemoryMailboxStore _store = new();
    private readonly InMemoryBodyStore _bodies = new();
    private readonly Committer _committer;
    private InProcessTestCluster _cluster = null!;

    public DrainTests() => _committer = new Committer(_store, _bodies, NullLogger<Committer>.Instance);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IMailboxStore>(_store);
            silo.Services.AddSingleton<IEventLog>(_store);
            silo.Services.AddSingleton<IBodyStore>(_bodies);
            silo.Services.AddSingleton<ICommitter>(_committer);
            silo.Services.AddMailboxGrains();
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

    [Fact]
    public async Task Its_mailboxes_go_to_the_other_and_none_comes_until_it_takes_them_again()
    {
        var mailboxes = await OpenAsync(300);
        var (from, to) = (SiloOf(0), SiloOf(1));
        Assert.Contains(from, await PlacesAsync(mailboxes));

        Assert.True(await Node(from).DrainAsync());
        while ((await Node(from).StatusAsync()).Mailboxes > 0) await Task.Yield();
        Assert.Equal([to], (await PlacesAsync(mailboxes)).Distinct());
        Assert.Equal([to], (await PlacesAsync(await OpenAsync(100))).Distinct());
        Assert.True((await Node(from).StatusAsync()).Draining);
        Assert.Equal(400, (await Node(to).StatusAsync()).Mailboxes);

        await Node(from).UndrainAsync();
        Assert.False((await Node(from).StatusAsync()).Draining);
        while (!(await PlacesAsync(await OpenAsync(20))).Contains(from)) await Task.Yield();
    }

    [Fact]
    public async Task The_last_one_can_not_be_drained()
    {
        Assert.True(await Node(SiloOf(0)).DrainAsync());
        Assert.False(await Node(SiloOf(1)).DrainAsync());
        Assert.False((await Node(SiloOf(1)).StatusAsync()).Draining);
    }

    [Fact]
    public async Task A_silo_that_comes_meanwhile_places_nothing_there_either()
    {
        var from = SiloOf(0);
        Assert.True(await Node(from).DrainAsync());
        var late = await _cluster.StartAdditionalSiloAsync();
        var grains = _cluster.GetSiloServiceProvider(late.SiloAddress).GetRequiredService<IGrainFactory>();

        // It is told within a second; what it has placed wrongly before that moves on by itself.
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 10; i++) await grains.GetGrain<IMailboxGrain>(Guid.NewGuid()).TotalsAsync();
            while ((await Node(from).StatusAsync()).Mailboxes > 0) await Task.Yield();
        }
    }

    private string SiloOf(int number) => _cluster.Silos[number].SiloAddress.ToParsableString();

    private INodeGrain Node(string silo) => _cluster.Client.GetGrain<INodeGrain>(silo);

    private async Task<List<IMailboxGrain>> OpenAsync(int count)
    {
        var mailboxes = Enumerable.Range(0, count).Select(_ => _cluster.Client.GetGrain<IMailboxGrain>(Guid.NewGuid())).ToList();
        await Task.WhenAll(mailboxes.Select(mailbox => mailbox.TotalsAsync()));
        return mailboxes;
    }

    private static async Task<IEnumerable<string>> PlacesAsync(List<IMailboxGrain> mailboxes) =>
        (await Task.WhenAll(mailboxes.Select(mailbox => mailbox.LocateAsync()))).Select(place => place.Silo);
}
