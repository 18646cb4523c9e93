namespace MailGrains.Storage.Sqlite;

/// <summary>
/// Keeps a second process out of a data folder. The operating system releases it with the process, however that ends.
/// </summary>
internal static class StoreLock
{
    /// <exception cref="StoreOpenException">Somebody else holds it.</exception>
    public static IDisposable Take(string folder)
    {
        var path = Path.Combine(folder, "store.lock");
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StoreOpenException($"The data folder {folder} is in use by another process (lock {path}).", e);
        }
    }
}
