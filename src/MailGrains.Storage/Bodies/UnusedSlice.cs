namespace MailGrains.Storage.Bodies;

/// <summary>A part of the index that was looked through.</summary>
/// <param name="Bodies">The unused ones in it.</param>
/// <param name="Last">Its last position, behind which the next one begins; null: there was nothing.</param>
public sealed record UnusedSlice(IReadOnlyList<UnusedBody> Bodies, long? Last);
