using MailGrains.Model;

namespace MailGrains.Storage.Sqlite;

/// <summary>A row of the operation table, or a place between two.</summary>
internal readonly record struct OperationCursor(long Mailbox, BlobId Id)
{
    public static readonly OperationCursor Start = new(0, default);

    public static readonly OperationCursor End = new(long.MaxValue, default);
}
