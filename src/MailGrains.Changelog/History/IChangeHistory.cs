using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.History;

/// <summary>
/// What the log knows of the messages that are one object. An implementation finds the object's contents by <see cref="IGroupwareIndex"/> and what became of
/// them in the records derived from the log, so it reads no message to find any.
/// </summary>
public interface IChangeHistory
{
    /// <summary>An object that was changed more often shows its last changes only.</summary>
    const int MaxEntries = 10_000;

    /// <summary>
    /// What happened to an object in all folders of a mailbox, in the order of the log; at most the last <see cref="MaxEntries"/>. A message that is marked as
    /// deleted and expunged later may be told once or twice. Empty: there is no such object.
    /// </summary>
    /// <param name="kind">null: of any kind.</param>
    Task<IReadOnlyList<HistoryEntry>> FindAsync(AccountId account, GroupwareKind? kind, string uid, CancellationToken cancellation);

    /// <summary>A message; null: it is not kept any more.</summary>
    Task<ReadOnlyMemory<byte>?> ReadBodyAsync(BlobId blob, CancellationToken cancellation);
}
