namespace MailGrains.Storage.Records;

/// <param name="Contents">All contents of the index.</param>
/// <param name="Partial">Those of them that could not be read whole.</param>
public sealed record IndexCounts(long Contents, long Partial);
