using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>Rows of the event table into records.</summary>
internal static class EventReading
{
    public static IReadOnlyList<long> Head(SqliteDatabase database, int partitions) =>
        EventPartition.Ends(partitions, database.Statement("ReadPartitionsLast").ReadAll(row => (row.Int64(0), row.Int64(1))));

    public static IReadOnlyList<EventRecord> Partition(SqliteDatabase database, int partition, long after, int limit) => Read(
        database.Statement("ReadEvents").Bind(1, Keys.Event(partition, after)).Bind(2, Keys.Event(partition + 1, 0)).Bind(3, limit));

    public static IReadOnlyList<EventRecord> Mailbox(SqliteDatabase database, long? mailbox, long after, int limit) => mailbox is { } number
        ? Read(database.Statement("ReadMailboxEvents").Bind(1, number).Bind(2, after).Bind(3, limit))
        : [];

    private static List<EventRecord> Read(SqliteStatement rows)
    {
        var events = new List<EventRecord>();
        while (rows.Step())
        {
            var key = rows.Int64(0);
            var write = new EventWrite(
                rows.Int64(2),
                rows.Text(4),
                EventHash.TimeOf(rows.Int64(3)),
                rows.BlobId(5),
                rows.BlobId(6),
                rows.Blob(7).ToArray());
            events.Add(new EventRecord(Keys.PartitionOf(key), Keys.PositionOf(key), rows.AccountId(1), write));
        }

        rows.Reset();
        return events;
    }
}
