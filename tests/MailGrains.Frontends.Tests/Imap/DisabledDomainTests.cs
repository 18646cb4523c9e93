using MailGrains.Grains.Contracts.Directory;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>A whole domain is disabled under open sessions. The list of domains is the cluster's, so this has one of its own.</summary>
public sealed class DisabledDomainTests
{
    [Fact]
    public async Task Sessions_of_its_accounts_end_on_every_silo()
    {
        await using var stack = new ImapStack(silos: 2);
        await stack.InitializeAsync();
        using var server = stack.NewServer();
        var clients = new List<ImapClient>();
        for (var i = 0; i < 4; i++) clients.Add(await ImapClient.LoginAsync(server, await stack.NewUserAsync()));
        var directory = stack.Grains.GetGrain<IDirectoryGrain>(0);
        await directory.SetDomainAsync(new DomainProfile("example.net", Disabled: true));
        foreach (var client in clients) Assert.Contains(" OK ", (await client.RunAsync("NOOP"))[^1], StringComparison.Ordinal);
        await directory.SetDomainAsync(new DomainProfile("example.org", Disabled: true));
        foreach (var client in clients)
        {
            Assert.Equal("* BYE This domain has been disabled.", await client.ReadLineAsync());
            await client.DisposeAsync();
        }
    }
}
