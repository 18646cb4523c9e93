using MailGrains.Storage.Packs.Files;

namespace MailGrains.Storage.Packs;

/// <summary>Packs open for reading, at most so many; the one not used for longest is closed first.</summary>
internal sealed class PackReaders(IPackFiles files, int capacity) : IDisposable
{
    private readonly Lock _sync = new();
    private readonly Dictionary<int, Entry> _open = [];
    private long _clock;
    private bool _disposed;

    /// <summary>Fills the buffer as far as the pack goes.</summary>
    /// <exception cref="FileNotFoundException">There is no such pack.</exception>
    public int Read(int pack, Span<byte> buffer, long offset)
    {
        while (true)
        {
            var entry = Get(pack);
            try
            {
                return entry.File.Read(buffer, offset);
            }
            catch (ObjectDisposedException) when (!Volatile.Read(ref _disposed))
            {
                // Closed to make room between being found and being read: open it again.
            }
        }
    }

    /// <summary>Closes a pack that is about to be deleted.</summary>
    public void Close(int pack)
    {
        lock (_sync)
        {
            if (_open.Remove(pack, out var entry)) entry.File.Dispose();
        }
    }

    /// <summary>Closes those of the open packs that are as the caller says.</summary>
    public void CloseWhere(Func<int, bool> isGone)
    {
        int[] open;
        lock (_sync) open = [.. _open.Keys];
        foreach (var pack in open)
        {
            if (isGone(pack)) Close(pack);
        }
    }

    public void Dispose()
    {
        lock (_sync)
        {
            _disposed = true;
            foreach (var entry in _open.Values) entry.File.Dispose();
            _open.Clear();
        }
    }

    private Entry Get(int pack)
    {
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_open.TryGetValue(pack, out var entry))
            {
                entry = new Entry(files.Open(pack));
                if (_open.Count >= capacity) CloseOldest();
                _open.Add(pack, entry);
            }

            entry.UsedAt = ++_clock;
            return entry;
        }
    }

    private void CloseOldest()
    {
        var oldest = _open.MinBy(pair => pair.Value.UsedAt);
        _open.Remove(oldest.Key);
        oldest.Value.File.Dispose();
    }

    private sealed class Entry(IPackFile file)
    {
        public IPackFile File => file;

        public long UsedAt { get; set; }
    }
}
