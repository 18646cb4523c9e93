using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>The classes of an entry's message.</summary>
public sealed record ClassedEntry(long Number, MessageClasses Classes);
