using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>An entry that has left its folder, with what retention goes by.</summary>
/// <param name="Folder">Path of the folder when it left.</param>
/// <param name="Arrived">When the message came into the mailbox.</param>
/// <param name="Left">When it left the folder.</param>
/// <param name="Flags">The last it had.</param>
public sealed record LeftEntry(
    long Number, AccountId Account, string Folder, DateTimeOffset Arrived, DateTimeOffset Left, long Size, string Flags);
