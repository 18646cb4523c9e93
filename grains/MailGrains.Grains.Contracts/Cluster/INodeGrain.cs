using MailGrains.Grains.Contracts.Directory;
using Orleans;

namespace MailGrains.Grains.Contracts.Cluster;

/// <summary>
/// One silo, spoken to by itself; the key is its address as Orleans prints it for parsing (<c>ip:port@generation</c>). Always placed on that silo;
/// calls to one that is gone fail.
/// </summary>
public interface INodeGrain : IGrainWithStringKey
{
    Task<NodeStatus> StatusAsync();

    /// <summary>
    /// From the moment this returns no mailbox is opened on this silo any more; those it has go to others, a slice at a time, while it goes on
    /// serving. Holds until <see cref="UndrainAsync"/> or the end of the process. May be called again.
    /// </summary>
    /// <returns>False: there is no other silo that could take the mailboxes, and nothing was done.</returns>
    Task<bool> DrainAsync();

    /// <summary>Takes mailboxes again; those that went don't come back by themselves.</summary>
    Task UndrainAsync();

    /// <summary>Told by another silo that it drains, or no longer does.</summary>
    Task HearAsync(string silo, bool drains);

    /// <summary>
    /// Told by another silo, or this one, that a domain was added or changed. On return no address here is answered from before; of one that is disabled,
    /// sessions here whose login is in it begin to end.
    /// </summary>
    Task HearDomainAsync(DomainProfile domain);
}
