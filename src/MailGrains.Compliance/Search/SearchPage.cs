using MailGrains.Storage.Records;

namespace MailGrains.Compliance.Search;

/// <summary>What a search found in one mailbox.</summary>
/// <param name="Items">By the numbers of their contents.</param>
/// <param name="Partial">Messages of the mailbox that could be read in part only, whether they were found or not.</param>
/// <param name="Unread">Events of the mailbox that could not be read, up to the last that counts: what they did to it is not known.</param>
public sealed record SearchPage(
    SearchedMailbox Mailbox, IReadOnlyList<FoundItem> Items, IReadOnlyList<PartialItem> Partial, IReadOnlyList<UnreadEvent> Unread);
