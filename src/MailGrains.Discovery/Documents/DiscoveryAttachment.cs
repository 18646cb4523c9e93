using MailGrains.Model;

namespace MailGrains.Discovery.Documents;

/// <summary>A part of a message that is a file, or that is shown as one.</summary>
/// <param name="Path">The part's section number (RFC 9051 section 6.4.5.1); of what is inside an encoded message, that one's path, a slash and its own.</param>
/// <param name="FileName">Empty when the part names none.</param>
/// <param name="MediaType">Lower case, <c>type/subtype</c>.</param>
/// <param name="Size">Octets without the transfer encoding.</param>
/// <param name="Sha256">Of these octets.</param>
/// <param name="IsInline">A picture of the text, a signature: what no reader would call an attachment.</param>
public sealed record DiscoveryAttachment(string Path, string FileName, string MediaType, long Size, BlobId Sha256, bool IsInline);
