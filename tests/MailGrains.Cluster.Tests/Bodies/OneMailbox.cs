using System.Text;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Cluster.Tests.Bodies;

/// <summary>A mailbox of a cluster: mail goes in at one node and is read at another.</summary>
internal static class OneMailbox
{
    private const string User = "ada@example.org";
    private const string Password = "correct horse";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task MakeAsync(ClusterProcesses cluster) => cluster.AddAccountsAsync(Password, User);

    public static async Task DeliverAsync(ClusterNode node, string text)
    {
        using var lmtp = await RawLmtp.ConnectAsync(node.Ports.Lmtp, Cancellation);
        var message = Encoding.ASCII.GetBytes($"Subject: {text}\r\n\r\n{string.Concat(Enumerable.Repeat("A line of many.\r\n", 1000))}{text}\r\n");
        Assert.StartsWith("250 ", Assert.Single(await lmtp.DeliverAsync("bob@example.net", [User], message, Cancellation)));
    }

    /// <summary>The messages' last lines, in order.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(ClusterNode node)
    {
        using var imap = await RawImap.LoggedInAsync(node.Ports.Imap, User, Password, Cancellation);
        (await imap.RunAsync("EXAMINE INBOX", Cancellation)).Ok();
        var fetched = (await imap.RunAsync("FETCH 1:* (BODY.PEEK[])", Cancellation)).Ok();
        return [.. fetched.Untagged.Where(l => l.Literals.Count > 0).Select(l => Encoding.ASCII.GetString(l.Literals[0]).TrimEnd().Split("\r\n")[^1])];
    }

    public static async Task ExpungeAsync(ClusterNode node, int number)
    {
        using var imap = await RawImap.LoggedInAsync(node.Ports.Imap, User, Password, Cancellation);
        (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
        (await imap.RunAsync($"STORE {number} +FLAGS (\\Deleted)", Cancellation)).Ok();
        (await imap.RunAsync("EXPUNGE", Cancellation)).Ok();
    }
}
