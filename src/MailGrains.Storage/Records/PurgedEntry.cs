using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>An entry that is no longer recorded.</summary>
/// <param name="Left">When it had left its folder.</param>
public sealed record PurgedEntry(long Number, AccountId Account, EmailId Email, BlobId Blob, long Size, DateTimeOffset Left);
