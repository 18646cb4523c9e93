using MailGrains.Evidence.Notes;

namespace MailGrains.Evidence.Export;

/// <summary>The checkpoints that have been signed.</summary>
public interface ICheckpointSource
{
    /// <summary>
    /// Those of a partition, smallest first, each with all the signatures it has. Only what is final: a size is never answered with two roots.
    /// </summary>
    IAsyncEnumerable<SignedNote> ReadAsync(int partition, CancellationToken cancellation);
}
