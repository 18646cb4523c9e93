using System.Collections.Immutable;

namespace MailGrains.Grains.Cluster;

/// <summary>The silos this one knows to be draining, itself among them. An address is of one process: a restarted silo has another.</summary>
internal sealed class DrainingNodes
{
    private ImmutableHashSet<SiloAddress> _nodes = [];

    public bool Contains(SiloAddress silo) => Volatile.Read(ref _nodes).Contains(silo);

    public void Set(SiloAddress silo, bool drains) =>
        ImmutableInterlocked.Update(ref _nodes, static (nodes, change) => change.drains ? nodes.Add(change.silo) : nodes.Remove(change.silo), (silo, drains));

    /// <summary>Those of the silos that take new mailboxes; all of them when none does: a mailbox on a draining silo is better than none.</summary>
    public IEnumerable<SiloAddress> Spare(IEnumerable<SiloAddress> silos)
    {
        var nodes = Volatile.Read(ref _nodes);
        if (nodes.IsEmpty) return silos;
        var all = silos.ToList();
        var taking = all.FindAll(silo => !nodes.Contains(silo));
        return taking.Count > 0 ? taking : all;
    }
}
