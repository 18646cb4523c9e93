namespace MailGrains.Discovery.Documents;

/// <summary>Something of a message that is not in its document.</summary>
/// <param name="Path">As <see cref="DiscoveryAttachment"/> says; empty for the message as a whole.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The media type, the charset, the field; for people.</param>
public readonly record struct PartialPart(string Path, PartialReason Reason, string Detail);
