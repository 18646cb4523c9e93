using MailGrains.Model;

namespace MailGrains.Storage.Packs;

internal readonly record struct RecordHeader(RecordEncoding Encoding, BlobId Blob, int Length, int StoredLength);
