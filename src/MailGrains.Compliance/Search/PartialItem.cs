using MailGrains.Discovery.Documents;
using MailGrains.Model;

namespace MailGrains.Compliance.Search;

/// <summary>A message of which something is not in the index, and why: it may hold more than what was searched.</summary>
public sealed record PartialItem(EmailId Email, BlobId Blob, IReadOnlyList<PartialPart> Reasons);
