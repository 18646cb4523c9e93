using MailGrains.Discovery.Documents;
using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Compliance.Search;

/// <summary>A message that was found: one content of one mailbox.</summary>
/// <param name="Entries">Where it lay, in the order in which it came there; one at least answers the query.</param>
public sealed record FoundItem(SearchedMailbox Mailbox, IReadOnlyList<RecordedEntry> Entries, IReadOnlyList<string> Folders, DiscoveryDocument Document)
{
    public EmailId Email => Entries[0].Email;

    public BlobId Blob => Entries[0].Blob;

    /// <summary>Octets of the message as clients see it.</summary>
    public long Size => Entries[0].Size;

    /// <summary>It had left all its folders by the moment that was searched.</summary>
    public bool IsDeleted => Entries.All(e => e.Until is { } until && until.Sequence <= Mailbox.Sequence);
}
