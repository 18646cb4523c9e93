using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.Relational.Reading;

/// <summary>Rows into records.</summary>
internal static class Rows
{
    public static BlobId Hash(DbDataReader row, int column)
    {
        Span<byte> hash = stackalloc byte[BlobId.Length + 1];
        using var stream = row.GetStream(column);
        return BlobId.ReadStored(hash[..stream.ReadAtLeast(hash, hash.Length, throwOnEndOfStream: false)]);
    }

    /// <summary>A UUID of the engine, or its 16 bytes, which sort in the same order.</summary>
    public static Guid Id(DbDataReader row, int column) =>
        row.GetFieldType(column) == typeof(Guid) ? row.GetGuid(column) : new Guid(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public static AccountId Account(DbDataReader row, int column) => new(Id(row, column));

    public static BodyLocator Locator(DbDataReader row, int column) =>
        new(row.GetInt32(column), row.GetInt64(column + 1), row.GetInt32(column + 2), row.GetInt32(column + 3));

    /// <summary>The columns from the epoch on.</summary>
    public static MailboxHead Head(DbDataReader row, int column) => new(
        row.GetInt64(column),
        row.GetInt64(column + 1),
        row.GetInt32(column + 2),
        (uint)row.GetInt64(column + 3),
        row.GetInt64(column + 4),
        Hash(row, column + 5),
        row.GetInt64(column + 6),
        row.GetInt64(column + 7));

    public static FolderRow Folder(DbDataReader row, int column) => new()
    {
        Id = new FolderId(row.GetInt32(column)),
        Path = row.GetString(column + 1),
        SpecialUse = row.IsDBNull(column + 2) ? null : row.GetString(column + 2),
        UidValidity = (uint)row.GetInt64(column + 3),
        UidNext = (uint)row.GetInt64(column + 4),
        HighestModSeq = row.GetInt64(column + 5),
        Messages = row.GetInt32(column + 6),
        Unseen = row.GetInt32(column + 7),
        Deleted = row.GetInt32(column + 8),
        SizeBytes = row.GetInt64(column + 9),
        RecentFrom = (uint)row.GetInt64(column + 10),
        ExpungesForgottenTo = row.GetInt64(column + 11),
    };

    public static EmailRecord Email(DbDataReader row) => new(
        new EmailId(row.GetInt64(0)), Hash(row, 1), row.GetFieldValue<byte[]>(6), Locator(row, 2), row.GetFieldValue<byte[]>(7));

    public static EventRecord Event(DbDataReader row)
    {
        var write = new EventWrite(
            row.GetInt64(3),
            row.GetString(5),
            EventHash.TimeOf(row.GetInt64(4)),
            Hash(row, 6),
            Hash(row, 7),
            row.GetFieldValue<byte[]>(8));
        return new EventRecord(row.GetInt32(0), row.GetInt64(1), Account(row, 2), write);
    }

    /// <summary>All rows of a result.</summary>
    public static async Task<List<T>> AllAsync<T>(DbDataReader reader, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
        return rows;
    }
}
