using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>
/// Bodies in a database that any number of processes write to at once, as collection works on them. How long a body has been unused is told by the
/// database's clock alone, however the processes' clocks go.
/// </summary>
public interface IUnusedBodies
{
    /// <summary>
    /// Looks through up to <paramref name="limit"/> bodies behind a position, in order, for those that nothing has referred to, and nobody has written anew,
    /// for so long.
    /// </summary>
    Task<UnusedSlice> LookAsync(long after, int limit, TimeSpan unusedFor, CancellationToken cancellation);

    /// <summary>
    /// Deletes those of these bodies that are unused for so long still, index and octets in one transaction; of a body in a pack the octets stay, and a commit
    /// with that place brings it back. Each is decided on while it is locked:
    /// a commit or a write that had it before is seen, one that comes after finds nothing – a write then stores it anew, a commit
    /// that counts on it fails – and one that somebody has locked at this moment is left alone, without waiting where the database can do so.
    /// May be called at the same time from several places.
    /// </summary>
    /// <exception cref="StoreUnavailableException">They may be deleted or not.</exception>
    Task<DeletedBodies> DeleteAsync(IReadOnlyList<BlobId> bodies, TimeSpan unusedFor, CancellationToken cancellation);
}
