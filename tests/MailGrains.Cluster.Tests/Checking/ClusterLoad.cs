using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Checking;

namespace MailGrains.Cluster.Tests.Checking;

/// <summary>Clients of all kinds at all nodes, who connect again when their node goes away, for one round.</summary>
internal sealed class ClusterLoad(ClusterProcesses cluster, Checker checker, IReadOnlyList<string> users, int round)
{
    private const int LmtpClients = 12;
    private const int ImapClients = 20;

    /// <summary>More than any time a server may take to answer or give up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ClusterNode[] _nodes = [.. cluster.Frontends, .. cluster.Frontends, .. cluster.Silos];
    private List<Task> _clients = [];

    public LoadRun Run => field ??= new LoadRun(
        checker, users, round, new LoadEnds(() => Random.Shared.GetItems(_nodes, 1)[0].Ports.Imap, () => Random.Shared.GetItems(_nodes, 1)[0].Ports.Lmtp), OnFailure.ConnectAgain);

    public void Start(CancellationToken cancellation)
    {
        var ready = checker.Histories.Where(h => h.IsCertain && h.Possible[0].Count > 0).ToLookup(h => h.User);
        for (var i = 0; i < LmtpClients; i++) _clients.Add(new LmtpLoad(Run, i).RunAsync(cancellation));
        for (var i = 0; i < ImapClients; i++)
        {
            var (user, share) = (users[i % users.Count], i / users.Count);
            var sessions = (ImapClients - (i % users.Count) + users.Count - 1) / users.Count;
            _clients.Add(new ImapLoad(Run, user, _clients.Count, ready[user].Where((_, n) => n % sessions == share)).RunAsync(cancellation));
        }
    }

    /// <summary>Lets every client finish what it is at.</summary>
    /// <exception cref="TimeoutException">One got no answer, and no end of its connection either.</exception>
    public async Task StopAsync()
    {
        Run.IsOver = true;
        await Task.WhenAll(_clients).WaitAsync(Patience);
        _clients = [];
    }
}
