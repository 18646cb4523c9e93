using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Relational.Bodies;

/// <summary>Bodies that need not be sent: those on their way, and those written lately. Not thread-safe.</summary>
internal sealed class KnownBodies(DatabaseBodyOptions options, TimeProvider time)
{
    private readonly Dictionary<BlobId, (BodyLocator Locator, long? Written)> _known = [];
    private readonly Queue<(BlobId Blob, long Written)> _order = [];

    public bool TryFind(BlobId blob, out BodyLocator locator)
    {
        Forget();
        var found = _known.TryGetValue(blob, out var known);
        locator = known.Locator;
        return found;
    }

    public void Add(BlobId blob, BodyLocator locator) => _known[blob] = (locator, null);

    public void Written(BlobId blob)
    {
        if (!_known.TryGetValue(blob, out var known)) return;
        var now = time.GetTimestamp();
        _known[blob] = (known.Locator, now);
        _order.Enqueue((blob, now));
    }

    /// <summary>Forgets those that were written.</summary>
    public void ForgetWritten()
    {
        foreach (var (blob, written) in _order)
        {
            if (_known.TryGetValue(blob, out var known) && known.Written == written) _known.Remove(blob);
        }

        _order.Clear();
    }

    public void Remove(BlobId blob) => _known.Remove(blob);

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > options.RecentBodies || time.GetElapsedTime(oldest.Written) > options.RecentFor))
        {
            _order.Dequeue();
            // It may have been appended again since.
            if (_known.TryGetValue(oldest.Blob, out var known) && known.Written == oldest.Written) _known.Remove(oldest.Blob);
        }
    }
}
