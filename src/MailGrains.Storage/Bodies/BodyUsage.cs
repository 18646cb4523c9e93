namespace MailGrains.Storage.Bodies;

/// <summary>Octets on disk.</summary>
/// <param name="LiveBytes">Bodies in the index, as stored.</param>
/// <param name="DeadBytes">The rest: what collection gives back in time.</param>
public sealed record BodyUsage(int Packs, long LiveBytes, long DeadBytes);
