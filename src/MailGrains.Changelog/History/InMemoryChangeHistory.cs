using MailGrains.Changelog.Objects;
using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.History;

/// <summary>A history that is told what happened. For tests.</summary>
public sealed class InMemoryChangeHistory : IChangeHistory
{
    private readonly Lock _lock = new();
    private readonly List<(AccountId Account, string Uid, HistoryEntry Entry)> _entries = [];
    private readonly Dictionary<BlobId, ReadOnlyMemory<byte>> _bodies = [];

    /// <summary>Adds what happened to a message, which is an object.</summary>
    /// <param name="from">Of a move, the folder it came from.</param>
    public HistoryEntry Add(
        AccountId account, HistoryOperation operation, DateTimeOffset at, string folder, uint uid, ReadOnlyMemory<byte> message, string? from = null)
    {
        var found = GroupwareObject.Recognise(message) ?? throw new ArgumentException("The message is no object.", nameof(message));
        var entry = new HistoryEntry
        {
            Operation = operation,
            Kind = found.Kind,
            At = at,
            Actor = "ada@example.org",
            Folder = folder,
            Uid = uid,
            OldFolder = from,
            Blob = BlobId.Of(message.Span),
        };
        Add(account, found.Uid, entry);
        lock (_lock) _bodies[entry.Blob] = message;
        return entry;
    }

    public void Add(AccountId account, string uid, HistoryEntry entry)
    {
        lock (_lock) _entries.Add((account, uid, entry));
    }

    /// <summary>The message is not kept any more.</summary>
    public void Forget(BlobId blob)
    {
        lock (_lock) _bodies.Remove(blob);
    }

    public Task<IReadOnlyList<HistoryEntry>> FindAsync(AccountId account, GroupwareKind? kind, string uid, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var found = _entries.Where(e => e.Account == account && e.Uid == uid && (kind is null || e.Entry.Kind == kind)).Select(e => e.Entry);
            return Task.FromResult<IReadOnlyList<HistoryEntry>>([.. found.TakeLast(IChangeHistory.MaxEntries)]);
        }
    }

    public Task<ReadOnlyMemory<byte>?> ReadBodyAsync(BlobId blob, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_bodies.TryGetValue(blob, out var body) ? body : default(ReadOnlyMemory<byte>?));
        }
    }
}
