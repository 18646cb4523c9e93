using System.Reflection;
using MailGrains.Grains.Contracts.Cluster;

namespace MailGrains.Grains.Cluster;

/// <inheritdoc cref="INodeGrain"/>
[OnNode]
internal sealed class NodeGrain(NodeDrain drain, DrainingNodes draining, MailboxCensus census) : Grain, INodeGrain
{
    private static readonly string s_version =
        typeof(NodeGrain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public Task<NodeStatus> StatusAsync() =>
        Task.FromResult(new NodeStatus(s_version, drain.IsDraining, census.Mailboxes, census.Sessions, Environment.WorkingSet));

    public Task<bool> DrainAsync() => drain.StartAsync();

    public Task UndrainAsync() => drain.StopAsync();

    public Task HearAsync(string silo, bool drains)
    {
        draining.Set(SiloAddress.FromParsableString(silo), drains);
        return Task.CompletedTask;
    }
}
