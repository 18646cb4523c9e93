using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>An entry that has left its folder, with what retention goes by.</summary>
/// <param name="Blob">SHA-256 of the message as it was received.</param>
/// <param name="Folder">Path of the folder when it left.</param>
/// <param name="Arrived">When the message came into the mailbox.</param>
/// <param name="Left">When it left the folder.</param>
/// <param name="Flags">The last it had.</param>
/// <param name="Classes">null: nobody has looked at the message yet, or by other definitions than today's.</param>
public sealed record LeftEntry(
    long Number, AccountId Account, BlobId Blob, string Folder, DateTimeOffset Arrived, DateTimeOffset Left, long Size, string Flags, MessageClasses? Classes);
