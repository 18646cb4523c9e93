namespace MailGrains.Mime.Sections;

/// <summary>The answer to <c>BINARY[…]</c>: a part's octets with the transfer encoding removed.</summary>
public readonly record struct BinaryData(BinaryStatus Status, SectionData Data);
