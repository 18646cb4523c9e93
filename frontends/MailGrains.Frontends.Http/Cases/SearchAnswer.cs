using MailGrains.Compliance.Search;
using MailGrains.Discovery.Documents;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Storage.Records;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>What a search found.</summary>
/// <param name="Number">Of the search in the case.</param>
/// <param name="Hits">All that were found, shown or not.</param>
/// <param name="Partial">Messages of the mailboxes that could be read in part only: they may hold more than what was searched.</param>
/// <param name="Unread">Events of the mailboxes that could not be read: messages may have come by them, or lie elsewhere than is known.</param>
internal sealed record SearchAnswer(int Number, long Hits, long Partial, long Unread, IReadOnlyList<FoundView> Items);

/// <summary>A message that was found.</summary>
internal sealed record FoundView(
    string Item,
    string Custodian,
    string From,
    string Subject,
    DateTimeOffset? Sent,
    DateTimeOffset Received,
    IReadOnlyList<string> Folders,
    bool Deleted,
    long Size,
    IReadOnlyList<string> Attachments,
    IReadOnlyList<string> Partial)
{
    public static FoundView Of(FoundItem found) => new(
        new ItemId(found.Mailbox.Number, found.Email).ToString(),
        found.Mailbox.Address,
        string.Join(", ", found.Document.From.Select(f => f.Address.Length > 0 ? f.Address : f.Name)),
        found.Document.Subject,
        found.Document.Date,
        found.Entries[0].InternalDate,
        found.Folders,
        found.IsDeleted,
        found.Size,
        [.. found.Document.Attachments.Where(a => !a.IsInline).Select(a => a.FileName)],
        PartialView.Texts(found.Document.Partial));
}

/// <summary>A message that could be read in part only, or an event that could not be read, and why.</summary>
/// <param name="Item">null: it is an event.</param>
/// <param name="Event">The event's sequence in the mailbox; null: it is a message.</param>
internal sealed record PartialView(string? Item, long? Event, string Custodian, IReadOnlyList<string> Reasons)
{
    public static PartialView Of(SearchedMailbox mailbox, PartialItem item) =>
        new(new ItemId(mailbox.Number, item.Email).ToString(), null, mailbox.Address, Texts(item.Reasons));

    public static PartialView Of(SearchedMailbox mailbox, UnreadEvent unread) =>
        new(null, unread.Act.Sequence, mailbox.Address, [$"{unread.Act.Type} of {unread.Act.At:u} can't be read: {unread.Error}"]);

    public static IReadOnlyList<string> Texts(IEnumerable<PartialPart> reasons) => [.. reasons.Select(r => $"{r.Path} {r.Reason} {r.Detail}".Trim())];
}
