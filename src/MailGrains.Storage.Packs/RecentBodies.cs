using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Packs;

/// <summary>The bodies appended last. They may not be committed yet, so the index doesn't know them. Not thread-safe.</summary>
internal sealed class RecentBodies(int capacity)
{
    private readonly Dictionary<BlobId, BodyLocator> _locators = [];
    private readonly Queue<BlobId> _order = [];

    public bool TryFind(BlobId blob, out BodyLocator locator) => _locators.TryGetValue(blob, out locator);

    public void Add(BlobId blob, BodyLocator locator)
    {
        _locators[blob] = locator;
        _order.Enqueue(blob);
        if (_order.Count > capacity) _locators.Remove(_order.Dequeue());
    }

    public void Clear()
    {
        _locators.Clear();
        _order.Clear();
    }
}
