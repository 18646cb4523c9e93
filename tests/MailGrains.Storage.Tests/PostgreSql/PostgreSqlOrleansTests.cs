using System.Net;
using System.Net.Sockets;
using MailGrains.Storage.PostgreSql;
using MailGrains.Storage.Tests.GrainState;
using MailGrains.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Xunit;

namespace MailGrains.Storage.Tests.PostgreSql;

/// <summary>Orleans' own providers on the tables that the store's schema brings.</summary>
public sealed class PostgreSqlOrleansTests(PostgresServer server) : IAsyncLifetime
{
    private readonly List<IHost> _silos = [];
    private PostgreSqlStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() });

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.StopAsync(CancellationToken.None);
            silo.Dispose();
        }

        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Silos_find_each_other_and_part()
    {
        var (one, two) = (await StartAsync(), await StartAsync());
        var hosts = await one.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, Cancellation);
        Assert.Equal(2, hosts.Count);

        await two.StopAsync(Cancellation);

        var table = one.Services.GetRequiredService<IMembershipTable>();
        var members = (await table.ReadAllAsync(Cancellation)).Members.Select(m => m.Item1.Status).Order();
        Assert.Equal([SiloStatus.Active, SiloStatus.Dead], members);
    }

    [Fact]
    public async Task A_member_is_written_only_over_the_version_that_was_read()
    {
        var table = (await StartAsync()).Services.GetRequiredService<IMembershipTable>();
        var read = await table.ReadAllAsync(Cancellation);
        var (self, etag) = read.Members.Single();
        var stale = new TableVersion(read.Version.Version, $"{read.Version.Version - 1}");
        Assert.False(await table.UpdateRowAsync(self, etag, stale, Cancellation));
        Assert.False(await table.InsertRowAsync(self, read.Version.Next(), Cancellation));
        Assert.True(await table.UpdateRowAsync(self, etag, read.Version.Next(), Cancellation));
        Assert.Equal(read.Version.Version + 1, (await table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task Grain_state_is_written_read_and_cleared_and_an_overtaken_writer_is_refused()
    {
        var grains = (await StartAsync()).Services.GetRequiredService<IGrainFactory>();
        var grain = grains.GetGrain<INoteGrain>("Ünïcode ü");
        Assert.Null(await grain.ReadAsync());
        await grain.WriteAsync("one");
        var old = await grain.ETagAsync();
        await grain.WriteAsync("two");
        Assert.True(await grain.IsRefusedAsync(old));
        Assert.True(await grain.IsRefusedAsync(null));
        Assert.True(await grain.IsClearRefusedAsync(old!));
        Assert.True(await grains.GetGrain<INoteGrain>("never written").IsRefusedAsync("1"));
        Assert.Equal("two", await grain.ReadAsync());
        await grain.ClearAsync();
        Assert.Null(await grain.ReadAsync());
        await grain.WriteAsync("without reading first");
        Assert.Equal("without reading first", await grain.ReadAsync());
    }

    [Fact]
    public async Task Reminders_are_kept_found_by_their_range_and_removed()
    {
        var silo = await StartAsync();
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var grain = GrainId.Create("clock", "one");
        var entry = new ReminderEntry
        {
            GrainId = grain,
            ReminderName = "daily",
            StartAt = new DateTime(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc),
            Period = TimeSpan.FromDays(1),
        };
        var etag = await table.UpsertRow(entry, Cancellation);
        var second = await table.UpsertRow(entry, Cancellation);
        Assert.NotEqual(etag, second);
        Assert.Equal(entry.StartAt, (await table.ReadRow(grain, "daily", Cancellation))!.StartAt);
        Assert.Equal(TimeSpan.FromDays(1), Assert.Single((await table.ReadRows(grain, Cancellation)).Reminders).Period);
        var hash = grain.GetUniformHashCode();
        Assert.Single((await table.ReadRows(hash - 1, hash, Cancellation)).Reminders);
        Assert.Empty((await table.ReadRows(hash, hash + 1, Cancellation)).Reminders);
        Assert.Single((await table.ReadRows(hash + 1, hash, Cancellation)).Reminders);
        Assert.False(await table.RemoveRow(grain, "daily", etag!, Cancellation));
        Assert.True(await table.RemoveRow(grain, "daily", second!, Cancellation));
        Assert.Null(await table.ReadRow(grain, "daily", Cancellation));
    }

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("test", "test"))
            .ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort())
            .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (PostgreSqlOrleans.Invariant, _store.Orleans.ConnectionString))
            .UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (PostgreSqlOrleans.Invariant, _store.Orleans.ConnectionString))
            .AddAdoNetGrainStorage("settings", o => (o.Invariant, o.ConnectionString) = (PostgreSqlOrleans.Invariant, _store.Orleans.ConnectionString)));
        var host = builder.Build();
        await host.StartAsync(Cancellation);
        _silos.Add(host);
        return host;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
