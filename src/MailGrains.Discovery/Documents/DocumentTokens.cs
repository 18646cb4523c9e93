namespace MailGrains.Discovery.Documents;

/// <summary>
/// The tokens of a document, field by field: joined by spaces, and by a line feed where a segment ends that no phrase goes beyond.
/// They are kept as they were made, so that an answer never depends on who reads the document.
/// </summary>
public sealed class DocumentTokens
{
    public required string Subject { get; init; }

    /// <summary>In the order of <see cref="AddressField"/>: names and addresses, each a segment.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    public required string AttachmentNames { get; init; }

    public required string ListId { get; init; }

    /// <summary>Message-ID, references, media types and hashes.</summary>
    public required string Identifiers { get; init; }

    /// <summary>Each part a segment.</summary>
    public required string Body { get; init; }

    internal IEnumerable<string> All => [Subject, .. Addresses, AttachmentNames, ListId, Identifiers, Body];
}
