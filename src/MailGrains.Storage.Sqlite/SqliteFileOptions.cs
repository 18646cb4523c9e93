namespace MailGrains.Storage.Sqlite;

/// <summary>How a database file beside the mail's is opened.</summary>
public sealed record SqliteFileOptions : SqliteTuning;
