namespace MailGrains.Mime.Sections;

/// <summary>The answer to <c>BINARY.SIZE[…]</c>.</summary>
public readonly record struct BinarySize(BinaryStatus Status, long Octets);
