using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;

namespace MailGrains.Evidence.Export;

/// <summary>The checkpoints that have been signed.</summary>
public interface ICheckpointSource
{
    /// <summary>
    /// Those of a partition, smallest first, each with all the signatures it has. Only what is final: a size is never answered with two roots.
    /// </summary>
    IAsyncEnumerable<SignedNote> ReadAsync(int partition, CancellationToken cancellation);

    /// <summary>The heads of the whole log, from the first to the last.</summary>
    IAsyncEnumerable<KeptHead> ReadHeadsAsync(CancellationToken cancellation);
}
