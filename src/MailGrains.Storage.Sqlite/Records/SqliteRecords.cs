using MailGrains.Storage.Relational.Records;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Storage.Sqlite.Records;

/// <summary>The records in a SQLite file of their own, beside the mail's.</summary>
public static class SqliteRecords
{
    /// <summary>Opens the file, creating or migrating it. One process at a time holds it.</summary>
    /// <exception cref="StoreOpenException">Another process holds it, or a newer version wrote it.</exception>
    public static RelationalRecords Open(string path, SqliteFileOptions? options = null, ILogger<RelationalRecords>? log = null) =>
        new(new SqliteRecordDatabase(SqliteFile.Open(path, "RecordMigrations", options ?? new(), log ?? NullLogger<RelationalRecords>.Instance)));
}
