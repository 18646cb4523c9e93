namespace MailGrains.Storage.Sqlite;

/// <summary>
/// Keeps a second process out of a data folder or file. The operating system releases it with the process, however that ends.
/// </summary>
internal static class StoreLock
{
    /// <param name="path">The lock's own file.</param>
    /// <param name="locked">What is locked, for the operator.</param>
    /// <exception cref="StoreOpenException">Somebody else holds it.</exception>
    public static IDisposable Take(string path, string locked)
    {
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StoreOpenException($"{locked} is in use by another process (lock {path}).", e);
        }
    }
}
