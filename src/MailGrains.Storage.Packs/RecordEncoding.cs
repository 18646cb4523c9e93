namespace MailGrains.Storage.Packs;

/// <summary>How a record's payload holds its body. Persisted: never renumber.</summary>
internal enum RecordEncoding : byte
{
    Raw = 0,
    Zstd = 1,
}
