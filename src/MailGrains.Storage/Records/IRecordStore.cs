namespace MailGrains.Storage.Records;

/// <summary>
/// The archive's memory, derived from the log and kept so that it can be asked. Thread-safe. Every engine passes the same contract suite. What has
/// returned is durable. All methods throw <see cref="StoreUnavailableException"/> when the store can't be used now.
/// </summary>
public interface IRecordStore : IRecordReader, IRetentionStore
{
    /// <summary>The last position whose effect is recorded; 0: none.</summary>
    Task<long> ReadProgressAsync(string subscriber, int partition, CancellationToken cancellation);

    /// <summary>
    /// Writes what a batch changes and moves the progress, both or nothing.
    /// </summary>
    /// <returns>
    /// False: nothing was written, as the progress was not <see cref="RecordBatch.From"/>. Somebody else handles this partition, or an answer of the
    /// database was lost and this was the second attempt. Whoever gets it reads the progress again.
    /// </returns>
    Task<bool> ApplyAsync(RecordBatch batch, CancellationToken cancellation);
}
