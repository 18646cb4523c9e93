using System.Reflection;
using MailGrains.Grains.Contracts.Cluster;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Directory;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Cluster;

/// <inheritdoc cref="INodeGrain"/>
[OnNode]
internal sealed class NodeGrain(NodeDrain drain, DrainingNodes draining, MailboxCensus census, DomainChanges domains, ILogger<NodeGrain> log)
    : Grain, INodeGrain
{
    /// <summary>So many mailboxes write their logouts at the same time.</summary>
    private const int Slice = 64;

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

    public Task HearDomainAsync(DomainProfile domain)
    {
        domains.Hear();
        if (domain.Disabled) EndSessionsAsync(domain.Name).Ignore();
        return Task.CompletedTask;
    }

    private async Task EndSessionsAsync(string domain)
    {
        foreach (var mailboxes in census.WithSessions().Chunk(Slice)) await Task.WhenAll(mailboxes.Select(mailbox => EndSessionsAsync(mailbox, domain)));
    }

    private async Task EndSessionsAsync(GrainId mailbox, string domain)
    {
        try
        {
            await GrainFactory.GetGrain<IMailboxGrain>(mailbox.GetGuidKey()).EvictDomainAsync(domain, "This domain has been disabled.");
        }
        catch (Exception failure)
        {
            Log.SessionsNotEnded(log, failure, domain, mailbox);
        }
    }
}
