using MailGrains.Storage.Records;

namespace MailGrains.Frontends.Http.Archive;

/// <summary>A message that has left a mailbox and can be brought back.</summary>
/// <param name="Entry">Its number in the archive.</param>
internal sealed record DeletedView(long Entry, string Folder, string? MessageId, long Size, DateTimeOffset Received, DateTimeOffset Deleted, string? DeletedBy)
{
    public static DeletedView Of(RecordedEntry entry, string folder) =>
        new(entry.Number, folder, entry.MessageId, entry.Size, entry.InternalDate, entry.Until!.At, entry.Until.Actor);
}

/// <param name="Entries">Numbers as the list has them.</param>
/// <param name="Folder">Where they go; without: where they were.</param>
internal sealed record RestoreRequest(IReadOnlyList<long>? Entries, string? Folder);

/// <param name="Gone">Those that are not kept any more.</param>
internal sealed record RestoreReport(int Restored, IReadOnlyList<long> Gone);
