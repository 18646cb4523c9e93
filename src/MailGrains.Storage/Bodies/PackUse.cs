namespace MailGrains.Storage.Bodies;

/// <summary>What lies in a pack according to the index.</summary>
/// <param name="StoredBytes">Octets of their payloads as stored.</param>
public readonly record struct PackUse(int Pack, long Bodies, long StoredBytes);
