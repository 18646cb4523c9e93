namespace MailGrains.Evidence.Signing;

/// <summary>A head as it is kept.</summary>
/// <param name="Octets">The signed note; whoever gets it checks it.</param>
/// <param name="Stamp">Its time stamp (RFC 3161), or null.</param>
public sealed record KeptHead(long Number, ReadOnlyMemory<byte> Octets, ReadOnlyMemory<byte>? Stamp);
