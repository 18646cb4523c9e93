namespace MailGrains.Storage.Accounts;

/// <summary>
/// Changes of groups, roles and domains on their way to the directory's log. Each is written in the transaction of the change, so there is neither without the
/// other, and stays until it is settled. Writes and errors as of <see cref="IDirectoryStore"/>, whose third part this is.
/// </summary>
public interface IDirectoryActStore
{
    /// <summary>
    /// Writes down all groups, roles and domains as acts, in one transaction, if that was never done or last before <paramref name="before"/>. What a first
    /// change finds is written down before it by itself.
    /// </summary>
    /// <returns>Whether it was done now.</returns>
    Task<bool> SnapshotAsync(DateTimeOffset at, DateTimeOffset before, CancellationToken cancellation);

    /// <summary>The first acts that are owed, in the order of their numbers: there is none before them that could still come.</summary>
    Task<IReadOnlyList<DirectoryAct>> ReadActsAsync(int limit, CancellationToken cancellation);

    /// <summary>Strikes out acts up to a number: the log has them. May be repeated.</summary>
    Task SettleActsAsync(long number, CancellationToken cancellation);
}
