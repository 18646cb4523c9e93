using MailGrains.Hosting.Settings;
using MailGrains.Storage.Relational.Records;
using MailGrains.Storage.Sqlite.Contents;
using MailGrains.Storage.Sqlite.Records;

namespace MailGrains.Hosting.Stores;

/// <summary>The archive of the embedded product, in files beside the mail's.</summary>
internal sealed class SqliteArchive(RelationalRecords records, SqliteContentIndex? contents, bool hasChangelog) : IAsyncDisposable
{
    public ArchiveStores Stores { get; } = new(records, contents, hasChangelog ? records.Objects : null);

    public static SqliteArchive Open(NodeSettings settings, DataFolder data, ILoggerFactory logging)
    {
        var records = SqliteRecords.Open(data.RecordDatabase, log: logging.CreateLogger<RelationalRecords>());
        var contents = settings.ArchiveFullText ? SqliteContentIndex.Open(data.Root, log: logging.CreateLogger<SqliteContentIndex>()) : null;
        return new SqliteArchive(records, contents, settings.ChangelogEnabled);
    }

    public async ValueTask DisposeAsync()
    {
        await records.DisposeAsync();
        if (contents is not null) await contents.DisposeAsync();
    }
}
