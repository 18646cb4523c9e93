using MailGrains.Compliance.Search;
using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Matching;
using MailGrains.Discovery.Queries;
using MailGrains.Model;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;
using MailGrains.Storage.Sqlite.Contents;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using Xunit;

namespace MailGrains.Discovery.Tests;

/// <summary>A search by record and index finds what asking each message finds.</summary>
public sealed class MailboxSearchTests
{
    private const int Messages = 60;
    private const int Queries = 60;

    private static readonly AccountId s_account = new(new Guid("0191a0b0-0000-7000-8000-000000000001"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_search_answers_as_the_matcher_does(int seed)
    {
        using var folder = new TemporaryFolder();
        await using var sqlite = SqliteContentIndex.Open(folder.Path);
        foreach (var index in new IContentIndex[] { new InMemoryContentIndex(), sqlite })
        {
            var random = new RandomSearch(seed);
            var items = Enumerable.Range(0, Messages).Select(_ => random.Item()).DistinctBy(i => i.Document.Sha256).ToList();
            var (records, last) = await RecordAsync(items);
            Assert.True(await index.ApplyAsync(new ContentBatch("full-text", 0, 0, 1, [.. items.Select(i => Write(i.Document))]), Cancellation));
            var search = new MailboxSearch(records, index);
            for (var n = 0; n < Queries; n++)
            {
                if (!Query.TryParse(random.QueryText(), out var query, out _)) continue;
                foreach (var isAsOf in new[] { false, true })
                {
                    var page = await search.SearchAsync(query, new SearchedMailbox(1, s_account, "ada@example.org", last, isAsOf), Cancellation);
                    var expected = items.Where(i => Matcher.Matches(query, i)).Select(i => i.Document.Sha256.ToString()).Order();
                    Assert.Equal(expected, page.Items.Select(i => i.Blob.ToString()).Order());
                }
            }
        }
    }

    [Fact]
    public async Task What_the_index_lacks_is_named()
    {
        var items = new List<DiscoveryItem> { new RandomSearch(7).Item() };
        var (records, last) = await RecordAsync(items);
        var search = new MailboxSearch(records, new InMemoryContentIndex());
        var page = await search.SearchAsync(Query.Parse("*"), new SearchedMailbox(1, s_account, "ada@example.org", last, false), Cancellation);
        Assert.Empty(page.Items);
        Assert.Equal(items[0].Document.Sha256, Assert.Single(page.Partial).Blob);
    }

    [Fact]
    public async Task Events_that_could_not_be_read_are_named_when_they_are_before_the_moment()
    {
        var store = new InMemoryRecordStore();
        var scribe = new RecordScribe(store, s_account);
        await scribe.WriteAsync("MailboxCreate", RecordScribe.Named(new FolderId(1), "INBOX"));
        var unread = await scribe.WriteAsync("MessageNew", new EventUnread("no UID"));
        var search = new MailboxSearch(store, new InMemoryContentIndex());
        foreach (var isAsOf in new[] { false, true })
        {
            var page = await search.SearchAsync(Query.Parse("*"), new SearchedMailbox(1, s_account, "ada@example.org", unread, isAsOf), Cancellation);
            Assert.Equal((unread, "no UID"), (Assert.Single(page.Unread).Act.Sequence, page.Unread[0].Error));
            page = await search.SearchAsync(Query.Parse("*"), new SearchedMailbox(1, s_account, "ada@example.org", unread - 1, isAsOf), Cancellation);
            Assert.Empty(page.Unread);
        }
    }

    [Fact]
    public async Task What_came_after_the_moment_is_not_found()
    {
        var random = new RandomSearch(9);
        var items = Enumerable.Range(0, 4).Select(_ => random.Item()).DistinctBy(i => i.Document.Sha256).ToList();
        var (records, last) = await RecordAsync(items);
        var index = new InMemoryContentIndex();
        await index.ApplyAsync(new ContentBatch("full-text", 0, 0, 1, [.. items.Select(i => Write(i.Document))]), Cancellation);
        var search = new MailboxSearch(records, index);
        foreach (var isAsOf in new[] { false, true })
        {
            var page = await search.SearchAsync(Query.Parse("*"), new SearchedMailbox(1, s_account, "ada@example.org", last - 1, isAsOf), Cancellation);
            Assert.Equal(items.Count - 1, page.Items.Count);
        }
    }

    [Fact]
    public async Task Flags_are_those_of_the_moment_though_they_were_changed_since()
    {
        var store = new InMemoryRecordStore();
        var scribe = new RecordScribe(store, s_account);
        var document = DiscoveryDocument.Extract("Subject: a\r\n\r\n"u8.ToArray());
        await scribe.WriteAsync("MailboxCreate", RecordScribe.Named(RecordScribe.Inbox, "INBOX"));
        var came = await scribe.WriteAsync("MessageNew", RecordScribe.Arrival(1, blob: document.Sha256, flags: "$New"));
        var read = await scribe.WriteAsync("MessageRead", new FlagsChanged(RecordScribe.Inbox, RecordScribe.Uids(1), "$New \\Seen"));
        var left = await scribe.WriteAsync("MessageExpunge", new EntriesLeft(RecordScribe.Inbox, RecordScribe.Uids(1)));
        var index = new InMemoryContentIndex();
        await index.ApplyAsync(new ContentBatch("full-text", 0, 0, 1, [Write(document)]), Cancellation);
        var search = new MailboxSearch(store, index);
        foreach (var (sequence, seen) in new[] { (came, false), (read, true), (left, true) })
        {
            foreach (var (query, isFound) in new[] { ("flag:seen", seen), ("NOT flag:seen", !seen), ("flag:$New", true) })
            {
                var page = await search.SearchAsync(Query.Parse(query), new SearchedMailbox(1, s_account, "ada@example.org", sequence, false), Cancellation);
                Assert.Equal((sequence, query, isFound), (sequence, query, page.Items.Count == 1));
            }
        }
    }

    private static ContentWrite Write(DiscoveryDocument document) => new(document.Sha256, document.TokenText, document.Encode(), !document.Partial.IsEmpty);

    /// <summary>The messages in their folders, and the last event.</summary>
    private static async Task<(IRecordReader Records, long Last)> RecordAsync(IReadOnlyList<DiscoveryItem> items)
    {
        var store = new InMemoryRecordStore();
        var scribe = new RecordScribe(store, s_account);
        var folders = items.Select(i => i.Folder).Distinct().Select((path, i) => (path, Id: new FolderId(i + 1))).ToDictionary(f => f.path, f => f.Id);
        foreach (var (path, id) in folders) await scribe.WriteAsync("MailboxCreate", RecordScribe.Named(id, path));
        for (var n = 0; n < items.Count; n++)
        {
            var item = items[n];
            await scribe.WriteAsync("MessageNew", new EntryArrived(
                EntryOrigin.New, folders[item.Folder], 100, (uint)n + 1, new EmailId(n + 1), item.Document.Sha256, default, item.Document.MessageId,
                item.Size, item.InternalDate, string.Join(' ', item.Flags)));
        }

        return (store, scribe.Sequence);
    }
}
