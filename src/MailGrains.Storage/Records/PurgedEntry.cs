using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>An entry that is no longer recorded.</summary>
public sealed record PurgedEntry(long Number, AccountId Account, EmailId Email, BlobId Blob, long Size);
