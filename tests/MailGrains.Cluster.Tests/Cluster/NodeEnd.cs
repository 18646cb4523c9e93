namespace MailGrains.Cluster.Tests.Cluster;

/// <summary>A cluster as somebody sees it who knows one node of it.</summary>
internal sealed class NodeEnd(ClusterProcesses cluster, ClusterNode node) : IRunningProduct
{
    public int ImapPort => node.Ports.Imap;

    public int LmtpPort => node.Ports.Lmtp;

    public Task<ProgramResult> AdminAsync(string input, params string[] arguments) => cluster.RunAsync(node, input, arguments);
}
