using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>Creates the database or brings it up to date before it is used.</summary>
internal static class StoreFile
{
    private const string PartitionsMeta = "partitions";

    /// <summary>Returns the store's number of event partitions: the wanted one when it is new.</summary>
    /// <exception cref="StoreOpenException">As <see cref="Migrate"/>, or it is neither new nor whole.</exception>
    public static int Prepare(string path, int wantedPartitions)
    {
        if (wantedPartitions is < 1 or > Keys.MaxPartitions)
            throw new ArgumentOutOfRangeException(nameof(wantedPartitions), wantedPartitions, $"Between 1 and {Keys.MaxPartitions} partitions.");

        using var database = Migrate(path, "Migrations");
        if (database.Statement("ReadMeta").Bind(1, PartitionsMeta).RunScalar() is { } existing) return (int)existing;
        if (database.Statement("ReadPartitionsLast").RunScalar() is not null) throw StoreOpenException.WithoutPartitions(path);

        database.Statement("Begin").Run();
        database.Statement("WriteMeta").Bind(1, PartitionsMeta).Bind(2, wantedPartitions).Run();
        for (var partition = 0; partition < wantedPartitions; partition++) database.Statement("AddPartition").Bind(1, partition).Run();
        database.Statement("Commit").Run();
        return wantedPartitions;
    }

    /// <summary>Brings a file, new or not, to the newest schema of a folder's scripts.</summary>
    /// <exception cref="StoreOpenException">The file knows scripts that this program doesn't, or a script failed.</exception>
    public static SqliteDatabase Migrate(string path, string folder)
    {
        // The page size counts only before the first page is written. Packed keys and page blobs are laid out for 4096.
        var database = SqliteDatabase.Open(path, "PRAGMA page_size = 4096", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL");
        try
        {
            SchemaMigration.Run(path, folder);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
