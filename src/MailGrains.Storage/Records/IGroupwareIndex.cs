using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>
/// Finds the revisions of a groupware object without reading messages. It is filled from the log, which may bring the same event twice. All methods
/// throw <see cref="StoreUnavailableException"/> when the store can't be used now.
/// </summary>
public interface IGroupwareIndex
{
    /// <summary>
    /// Adds rows in one transaction, durable on return. A content has one row: one that is there already stays as it is, so that a batch may be repeated.
    /// </summary>
    Task AddAsync(IReadOnlyList<GroupwareRow> rows, CancellationToken cancellation);

    /// <summary>The contents that are revisions of an object, the youngest <paramref name="limit"/> of them, in the order of their EMAILIDs.</summary>
    /// <param name="kind">null: of any kind.</param>
    Task<IReadOnlyList<GroupwareRow>> FindAsync(AccountId account, GroupwareKind? kind, string uid, int limit, CancellationToken cancellation);
}
