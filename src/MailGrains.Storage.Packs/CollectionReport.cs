namespace MailGrains.Storage.Packs;

/// <summary>What a pass of collection did.</summary>
/// <param name="Forgotten">Bodies taken out of the index.</param>
/// <param name="Moved">Bodies copied out of packs that were mostly dead.</param>
/// <param name="Retired">Packs that nothing is in any more; their files go after the readers' grace.</param>
/// <param name="Deleted">Files deleted.</param>
public readonly record struct CollectionReport(int Forgotten, int Moved, int Retired, int Deleted);
