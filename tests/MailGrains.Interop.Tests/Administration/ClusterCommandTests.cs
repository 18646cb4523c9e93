using System.Text.Json;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>The commands for clusters, on a cluster of one.</summary>
public sealed class ClusterCommandTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_shows_the_silo_with_its_figures()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("cluster");
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        var silo = Assert.Single(Json(await server.Cli.RunAsync("cluster", "status", "--json")).EnumerateArray());
        Assert.Equal("active", silo.GetProperty("state").GetString());
        Assert.InRange(silo.GetProperty("mailboxes").GetInt32(), 1, 10_000);
        Assert.InRange(silo.GetProperty("sessions").GetInt32(), 1, 10_000);
        Assert.InRange(silo.GetProperty("activations").GetInt32(), 1, 100_000);
        Assert.InRange(silo.GetProperty("residentBytes").GetInt64(), 10_000_000, 100_000_000_000);
        Assert.InRange(silo.GetProperty("startedAt").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddHours(-2), TimeProvider.System.GetUtcNow());
        var table = (await server.Cli.RunAsync("cluster", "status")).Succeeded().Output;
        Assert.Contains(silo.GetProperty("silo").GetString()!, table);
    }

    [Fact]
    public async Task Locate_tells_where_a_mailbox_is_open()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("located");
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation))
        {
            var open = Json(await server.Cli.RunAsync("cluster", "locate", user, "--json"))[0];
            Assert.Equal(1, open.GetProperty("sessions").GetInt32());
            Assert.InRange(open.GetProperty("epoch").GetInt64(), 1, 1000);
            Assert.Contains("@", open.GetProperty("silo").GetString());
        }

        var missing = await server.Cli.RunAsync("cluster", "locate", "nobody@example.org");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("no account", missing.Errors);
    }

    [Fact]
    public async Task The_only_silo_is_not_drained()
    {
        var server = await shared.GetAsync();
        var silo = Json(await server.Cli.RunAsync("cluster", "status", "--json"))[0].GetProperty("silo").GetString()!;
        var refused = await server.Cli.RunAsync("cluster", "drain", silo);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("no other silo", refused.Errors);
        Assert.Equal("active", Json(await server.Cli.RunAsync("cluster", "status", "--json"))[0].GetProperty("state").GetString());

        var unknown = await server.Cli.RunAsync("cluster", "drain", "10.9.8.7:1");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("no silo", unknown.Errors);
    }

    private static JsonElement Json(ProgramResult result) => JsonDocument.Parse(result.Succeeded().Output).RootElement;
}
