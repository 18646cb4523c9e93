using System.Collections.Frozen;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Compliance;

/// <summary>
/// For a node that keeps no archive. Where one was kept, by other nodes or before, its records and holds may refer to any body and nobody here
/// follows them: nothing is let go of until it is on again, or given up with <c>mailgrains subscriber forget archive</c>.
/// </summary>
public sealed class SwitchedOffArchive(ISubscriberStore subscribers) : IBodyRetention
{
    public async ValueTask<IReadOnlySet<BlobId>> KeptAsync(IReadOnlyList<BlobId> bodies, CancellationToken cancellation)
    {
        var all = await subscribers.ListSubscribersAsync(cancellation);
        return all.Any(known => known.Subscriber == ArchiveSubscribers.Records) ? bodies.ToFrozenSet() : FrozenSet<BlobId>.Empty;
    }
}
