namespace MailGrains.Compliance.Search;

/// <summary>What a search found in one mailbox.</summary>
/// <param name="Items">By the numbers of their contents.</param>
/// <param name="Partial">Messages of the mailbox that could be read in part only, whether they were found or not.</param>
public sealed record SearchPage(SearchedMailbox Mailbox, IReadOnlyList<FoundItem> Items, IReadOnlyList<PartialItem> Partial);
