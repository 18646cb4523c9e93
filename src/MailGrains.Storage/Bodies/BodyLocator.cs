namespace MailGrains.Storage.Bodies;

/// <summary>Where a body lies in the body store.</summary>
/// <param name="Pack">Number of the segment file.</param>
/// <param name="Offset">Octet at which the record starts.</param>
/// <param name="StoredLength">Octets of the record's payload as stored.</param>
/// <param name="Length">Octets of the body itself.</param>
public readonly record struct BodyLocator(int Pack, long Offset, int StoredLength, int Length);
