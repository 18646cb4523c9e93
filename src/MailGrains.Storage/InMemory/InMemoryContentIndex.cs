using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Storage.InMemory;

/// <summary>The index as plain as the contract allows: every question looks at every content. For tests.</summary>
public sealed class InMemoryContentIndex : IContentIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Subscriber, int Partition), long> _progress = [];
    private readonly SortedDictionary<long, (IndexedContent Content, TokenSet Tokens)> _contents = [];
    private readonly Dictionary<BlobId, long> _numbers = [];
    private long _last;

    public Task<long> ReadProgressAsync(string subscriber, int partition, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_progress.GetValueOrDefault((subscriber, partition)));
        }
    }

    public Task<bool> ApplyAsync(ContentBatch batch, CancellationToken cancellation)
    {
        foreach (var content in batch.Contents) TokenText.Check(content.Tokens);
        lock (_lock)
        {
            if (_progress.GetValueOrDefault((batch.Subscriber, batch.Partition)) != batch.From) return Task.FromResult(false);
            _progress[(batch.Subscriber, batch.Partition)] = batch.To;
            foreach (var content in batch.Contents)
            {
                if (!_numbers.TryAdd(content.Blob, _last + 1)) continue;
                _last++;
                var indexed = new IndexedContent(content.Blob, _last, content.Document.ToArray(), content.Partial);
                _contents.Add(_last, (indexed, new TokenSet(content.Tokens)));
            }

            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<IndexedContent>> FindAsync(TokenQuery query, BlobFilter? among, long after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        lock (_lock)
        {
            var found = _contents
                .Where(c => c.Key > after && among?.Contains(c.Value.Content.Blob) != false && query.Matches(c.Value.Tokens))
                .Select(c => c.Value.Content);
            return Task.FromResult<IReadOnlyList<IndexedContent>>([.. found.Take(limit)]);
        }
    }

    public Task<IReadOnlyList<IndexedContent?>> ReadAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<IndexedContent?>>([.. blobs.Select(b => _numbers.TryGetValue(b, out var n) ? _contents[n].Content : null)]);
        }
    }

    public Task<IReadOnlySet<BlobId>> FindPresentAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlySet<BlobId>>(blobs.Where(_numbers.ContainsKey).ToHashSet());
        }
    }

    public Task<int> RemoveAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var removed = 0;
            foreach (var blob in blobs)
            {
                if (!_numbers.Remove(blob, out var number)) continue;
                _contents.Remove(number);
                removed++;
            }

            return Task.FromResult(removed);
        }
    }

    public Task<IndexCounts> CountAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(new IndexCounts(_contents.Count, _contents.Values.Count(c => c.Content.Partial)));
        }
    }
}
