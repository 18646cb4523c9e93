namespace MailGrains.Storage.Packs;

/// <summary>A pack and the octets it takes.</summary>
/// <param name="IsSealed">Nothing is written to it any more.</param>
public readonly record struct PackSize(int Pack, long Bytes, bool IsSealed);
