using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Storage.Relational.Records;

/// <summary>Rows into records.</summary>
internal static class RecordRows
{
    /// <summary>A row of the view <c>record_entry_row</c>.</summary>
    public static RecordedEntry Entry(IRecordRow row) => new()
    {
        Number = row.Int64(0),
        Account = row.Account(1),
        Folder = new FolderId((int)row.Int64(2)),
        UidValidity = (uint)row.Int64(3),
        Uid = (uint)row.Int64(4),
        Email = new EmailId(row.Int64(5)),
        Blob = row.Blob(6),
        Prefix = row.IsNull(7) ? default(ReadOnlyMemory<byte>) : row.Bytes(7),
        MessageId = TextOrNull(row, 8),
        Size = row.Int64(9),
        InternalDate = DateTimeOffset.FromUnixTimeSeconds(row.Int64(10)),
        Arrived = Time(row, 11),
        Origin = (EntryOrigin)row.Int64(12),
        Source = row.IsNull(13) ? null : row.Int64(13),
        FirstFlags = row.Text(14),
        Flags = row.Text(15),
        Since = Act(row, 16),
        End = row.IsNull(20) ? null : (EntryEnd)row.Int64(20),
        Until = row.IsNull(21) ? null : Act(row, 21),
    };

    /// <summary>The same, with the flags of a moment behind it.</summary>
    public static RecordedEntry EntryAsOf(IRecordRow row) => Entry(row) with { Flags = row.Text(25) };

    public static RecordPosition Position(IRecordRow row) => new((int)row.Int64(0), row.Int64(1), row.IsNull(2) ? null : row.Blob(2));

    public static RecordedFolder Folder(IRecordRow row) => new(
        new FolderId((int)row.Int64(0)), (uint)row.Int64(1), row.Text(2), TextOrNull(row, 3), TextOrNull(row, 4), Act(row, 5),
        row.IsNull(9) ? null : Act(row, 9));

    public static RecordedFlags Flags(IRecordRow row) => new(row.Int64(0), Act(row, 1), row.Text(5));

    public static RecordedHold Hold(IRecordRow row) => new(row.Text(0), row.Int64(1), row.IsNull(2) ? null : row.Int64(2));

    public static UnreadEvent Unread(IRecordRow row) => new(row.Account(0), Act(row, 1), row.Text(5));

    public static LeftEntry Left(IRecordRow row) => new(
        row.Int64(0), row.Account(1), row.Blob(7), TextOrNull(row, 2) ?? "", Time(row, 3), Time(row, 4), row.Int64(5), row.Text(6),
        row.IsNull(8) ? null : StoredClasses.Decode(row.Int64(8)));

    public static PurgedEntry Purged(IRecordRow row) =>
        new(row.Int64(0), row.Account(1), new EmailId(row.Int64(2)), row.Blob(3), row.Int64(4), Time(row, 5));

    public static NotedPurge Purge(IRecordRow row) => new(row.Int64(0), row.Account(1), (int)row.Int64(2), Time(row, 3));

    public static ClockState Clock(IRecordRow row) => new(Time(row, 0), TimeSpan.FromMicroseconds(row.Int64(1)));

    /// <summary>Four columns: sequence, time, type, actor.</summary>
    private static RecordedAct Act(IRecordRow row, int column) =>
        new(row.Int64(column), Time(row, column + 1), row.Text(column + 2), TextOrNull(row, column + 3));

    private static DateTimeOffset Time(IRecordRow row, int column) =>
        DateTimeOffset.UnixEpoch.AddTicks(row.Int64(column) * TimeSpan.TicksPerMicrosecond);

    private static string? TextOrNull(IRecordRow row, int column) => row.IsNull(column) ? null : row.Text(column);
}
