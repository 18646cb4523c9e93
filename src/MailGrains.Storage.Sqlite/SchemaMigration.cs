using DbUp;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace MailGrains.Storage.Sqlite;

/// <summary>Brings a database file to the newest schema.</summary>
internal static class SchemaMigration
{
    /// <param name="database">Path of the file.</param>
    /// <param name="folder">Folder of the embedded scripts.</param>
    /// <exception cref="StoreOpenException">The database knows scripts that this program doesn't, or a script failed.</exception>
    public static void Run(string database, string folder)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ConnectionString;
        SchemaUpgrade.Run(database, DeployChanges.To.SqliteDatabase(connection).WithTransactionPerScript(), SqliteDatabase.Sql.Scripts(folder));
    }
}
