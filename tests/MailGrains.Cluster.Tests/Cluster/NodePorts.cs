namespace MailGrains.Cluster.Tests.Cluster;

/// <summary>Where one node listens, on 127.0.0.1; the last two only if it is a silo.</summary>
internal sealed record NodePorts(int Imap, int Lmtp, int Http, int Silo, int Gateway)
{
    public static NodePorts Take() => new(FreePorts.Take(), FreePorts.Take(), FreePorts.Take(), FreePorts.Take(), FreePorts.Take());
}
