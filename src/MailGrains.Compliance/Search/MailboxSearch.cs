using MailGrains.Compliance.Indexing;
using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Matching;
using MailGrains.Discovery.Queries;
using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Compliance.Search;

/// <summary>
/// Searches the record of a mailbox, live and archived mail alike: 1. the entries, page by page; 2. of their contents those that can be answers, by the
/// index; 3. each of these is asked exactly, in every folder it lay in. So the answer is that of asking each message, and the index only makes it faster.
/// </summary>
public sealed class MailboxSearch(IRecordReader records, IContentIndex index)
{
    private const int Page = 2000;

    private static readonly IReadOnlyList<PartialPart> s_notIndexed = [new PartialPart("", PartialReason.Malformed, "It is not in the index.")];

    public async Task<SearchPage> SearchAsync(Query query, SearchedMailbox mailbox, CancellationToken cancellation)
    {
        var folders = new FolderNames(await records.ReadFolderHistoryAsync(mailbox.Account, cancellation));
        var (candidates, plan) = (new SortedDictionary<long, Candidate>(), CandidateQuery.Of(query));
        var partial = new SortedDictionary<long, PartialItem>();
        var hasToKnowFlags = !mailbox.IsAsOf && query.Compares(QueryField.Flag);
        await foreach (var page in EntriesAsync(mailbox, cancellation))
        {
            var entries = hasToKnowFlags ? await WithFlagsThenAsync(page, mailbox.Sequence, cancellation) : page;
            var blobs = new BlobFilter([.. entries.Select(e => e.Blob).Distinct()]);
            var found = await FindAsync(plan, blobs, cancellation);
            var unread = await FindAsync(TokenQuery.Exact(IndexHandler.PartialToken), blobs, cancellation);
            BlobId[] others = [.. blobs.Blobs.Where(b => !found.ContainsKey(b) && !unread.ContainsKey(b))];
            var missing = others.Except(await index.FindPresentAsync(others, cancellation)).ToHashSet();
            foreach (var entry in entries)
            {
                if (found.TryGetValue(entry.Blob, out var document)) Add(candidates, entry, document);
                if (unread.TryGetValue(entry.Blob, out var half)) partial.TryAdd(entry.Email.Value, new PartialItem(entry.Email, entry.Blob, half.Partial));
                if (missing.Contains(entry.Blob)) partial.TryAdd(entry.Email.Value, new PartialItem(entry.Email, entry.Blob, s_notIndexed));
            }
        }

        var items = new List<FoundItem>();
        foreach (var candidate in candidates.Values)
        {
            candidate.Entries.Sort((one, other) => one.Number.CompareTo(other.Number));
            string[] paths = [.. candidate.Entries.Select(e => folders.Of(e, mailbox.Sequence))];
            if (candidate.Entries.Zip(paths).Any(e => Matcher.Matches(query, Item(e.First, e.Second, candidate.Document))))
                items.Add(new FoundItem(mailbox, candidate.Entries, [.. paths.Distinct()], candidate.Document));
        }

        var missed = (await records.ReadUnreadAsync(mailbox.Account, cancellation)).Where(e => e.Act.Sequence <= mailbox.Sequence);
        return new SearchPage(mailbox, items, [.. partial.Values], [.. missed]);
    }

    /// <summary>The record tells the last flags an entry had; what was changed after the moment does not count.</summary>
    private async Task<IReadOnlyList<RecordedEntry>> WithFlagsThenAsync(IReadOnlyList<RecordedEntry> entries, long sequence, CancellationToken cancellation)
    {
        var changes = (await records.ReadFlagsAsync([.. entries.Select(e => e.Number)], cancellation)).ToLookup(f => f.Entry);
        return [.. entries.Select(e => e with { Flags = changes[e.Number].LastOrDefault(f => f.Act.Sequence <= sequence)?.Flags ?? e.FirstFlags })];
    }

    private static void Add(SortedDictionary<long, Candidate> candidates, RecordedEntry entry, DiscoveryDocument document)
    {
        if (!candidates.TryGetValue(entry.Email.Value, out var candidate))
            candidates.Add(entry.Email.Value, candidate = new Candidate(document, []));
        candidate.Entries.Add(entry);
    }

    private static DiscoveryItem Item(RecordedEntry entry, string folder, DiscoveryDocument document) => new()
    {
        Document = document,
        Account = entry.Account,
        Folder = folder,
        Uid = entry.Uid,
        Flags = [.. entry.Flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        InternalDate = entry.InternalDate,
        Size = entry.Size,
    };

    private async IAsyncEnumerable<IReadOnlyList<RecordedEntry>> EntriesAsync(
        SearchedMailbox mailbox, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<RecordedEntry> page;
        var (place, number) = (default((FolderId, uint)), 0L);
        do
        {
            page = mailbox.IsAsOf
                ? await records.ReadMessagesAsync(new MessagesAsOf(mailbox.Account, mailbox.Sequence, null, place, Page), cancellation)
                : await records.ReadEntriesAsync(new EntriesQuery(mailbox.Account, Page) { After = number }, cancellation);
            if (page.Count == 0) yield break;
            (place, number) = ((page[^1].Folder, page[^1].Uid), page[^1].Number);
            yield return [.. page.Where(e => e.Since.Sequence <= mailbox.Sequence)];
        }
        while (page.Count == Page);
    }

    private async Task<Dictionary<BlobId, DiscoveryDocument>> FindAsync(TokenQuery query, BlobFilter among, CancellationToken cancellation)
    {
        var found = new Dictionary<BlobId, DiscoveryDocument>();
        for (var after = 0L; among.Blobs.Count > 0;)
        {
            var page = await index.FindAsync(query, among, after, Page, cancellation);
            foreach (var content in page) found.Add(content.Blob, DiscoveryDocument.Decode(content.Document.Span));
            if (page.Count < Page) break;
            after = page[^1].Number;
        }

        return found;
    }

    private sealed record Candidate(DiscoveryDocument Document, List<RecordedEntry> Entries);
}
