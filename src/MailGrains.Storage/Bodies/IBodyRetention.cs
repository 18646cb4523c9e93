using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>
/// Somebody who needs bodies for other reasons than that a mailbox refers to them (an archive, a hold). Every one that is registered is asked
/// before a body is removed.
/// </summary>
public interface IBodyRetention
{
    /// <summary>
    /// Those of the bodies that must be kept. They are asked for again in the next pass. A hold that comes after the answer comes too late,
    /// so it has to be there before the last mailbox lets go of the body, or within the grace after that.
    /// </summary>
    /// <exception cref="Exception">The answer is not known now: nothing is removed in this pass.</exception>
    ValueTask<IReadOnlySet<BlobId>> KeptAsync(IReadOnlyList<BlobId> bodies, CancellationToken cancellation);
}
