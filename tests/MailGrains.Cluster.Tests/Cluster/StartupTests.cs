using MailGrains.TestKit.Clients;
using MailGrains.TestKit.Checking;
using Xunit;

namespace MailGrains.Cluster.Tests.Cluster;

public sealed class StartupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_delivered_at_any_node_is_read_at_any_other()
    {
        await using var cluster = await ClusterProcesses.StartAsync(silos: 2, frontends: 1);
        await cluster.AddAccountsAsync(LoadRun.Password, "anna@example.org");
        foreach (var node in cluster.Nodes)
        {
            using var lmtp = await RawLmtp.ConnectAsync(node.Ports.Lmtp, Cancellation);
            var replies = await lmtp.DeliverAsync("x@example.net", ["anna@example.org"], LoadMessages.Make(node.Name), Cancellation);
            Assert.StartsWith("250", Assert.Single(replies));
        }

        foreach (var node in cluster.Nodes)
        {
            using var imap = await RawImap.LoggedInAsync(node.Ports.Imap, "anna@example.org", LoadRun.Password, Cancellation);
            var selected = (await imap.RunAsync("EXAMINE INBOX", Cancellation)).Ok();
            Assert.Contains(selected.Untagged, l => l.Text == "* 3 EXISTS");
        }

        foreach (var node in cluster.Nodes)
        {
            Assert.Equal(0, await node.Process.StopAsync());
            Assert.Contains(node.Process.Log.Lines, l => l.Contains("Not ready any more; the listeners close in 00:00:03", StringComparison.Ordinal));
        }
    }
}
