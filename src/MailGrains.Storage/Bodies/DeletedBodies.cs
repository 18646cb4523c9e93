namespace MailGrains.Storage.Bodies;

/// <summary>Bodies that were deleted.</summary>
/// <param name="StoredBytes">Octets they took, as stored.</param>
public readonly record struct DeletedBodies(int Count, long StoredBytes);
