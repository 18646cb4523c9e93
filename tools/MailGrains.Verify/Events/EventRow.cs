namespace MailGrains.Verify.Events;

/// <summary>A line of an events file.</summary>
/// <param name="At">µs since 1970-01-01.</param>
/// <param name="Type">1 to 64 characters of ASCII.</param>
internal sealed record EventRow(long Position, Guid Account, long Sequence, long At, string Type, Digest Previous, Digest Hash, byte[] Payload);
