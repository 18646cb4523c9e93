using MailGrains.Storage.Packs.Files;

namespace MailGrains.Storage.Tests.Packs;

/// <summary>
/// A disk that remembers what was flushed, and fails when told to. <see cref="AfterCrash"/> is the disk as the next start finds it.
/// </summary>
internal sealed class MemoryPackFiles : IPackFiles
{
    private readonly SortedDictionary<int, Content> _packs = [];

    public Exception? FailWrites { get; set; }

    /// <summary>How much of a failing write reaches the file all the same.</summary>
    public int WriteBeforeFailing { get; set; }

    public Exception? FailFlushes { get; set; }

    public Exception? FailCreates { get; set; }

    /// <summary>Flushes wait here when set.</summary>
    public FlushGate? Gate { get; set; }

    public int Flushes { get; private set; }

    public IReadOnlyList<int> List()
    {
        lock (_packs) return [.. _packs.Keys];
    }

    public IPackFile Create(int pack, long length)
    {
        if (FailCreates is not null) throw FailCreates;
        lock (_packs)
        {
            if (_packs.ContainsKey(pack)) throw new IOException("exists");
            var content = new Content { Now = new byte[length], Durable = new byte[length] };
            _packs.Add(pack, content);
            return new File(this, content);
        }
    }

    public IPackFile Open(int pack)
    {
        lock (_packs) return _packs.TryGetValue(pack, out var content) ? new File(this, content) : throw new FileNotFoundException();
    }

    public void Delete(int pack)
    {
        lock (_packs) _packs.Remove(pack);
    }

    /// <summary>The bytes of a pack as a reader sees them now.</summary>
    public byte[] this[int pack]
    {
        get
        {
            lock (_packs) return _packs[pack].Now;
        }
    }

    /// <summary>Only what was flushed, or what <paramref name="survives"/> makes of a pack's flushed and unflushed bytes.</summary>
    public MemoryPackFiles AfterCrash(Func<byte[], byte[], byte[]>? survives = null)
    {
        var next = new MemoryPackFiles();
        lock (_packs)
        {
            foreach (var (pack, content) in _packs)
            {
                lock (content) Add(pack, content);
            }
        }

        return next;

        void Add(int pack, Content content)
        {
            var bytes = survives?.Invoke(content.Durable, content.Now) ?? [.. content.Durable];
            next._packs.Add(pack, new Content { Now = bytes, Durable = [.. bytes] });
        }
    }

    private sealed class Content
    {
        public required byte[] Now { get; set; }

        public required byte[] Durable { get; set; }
    }

    private sealed class File(MemoryPackFiles disk, Content content) : IPackFile
    {
        public long Length => content.Now.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            var now = content.Now;
            if (offset >= now.Length) return 0;
            var count = (int)Math.Min(buffer.Length, now.Length - offset);
            now.AsSpan((int)offset, count).CopyTo(buffer);
            return count;
        }

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset)
        {
            var left = disk.FailWrites is null ? int.MaxValue : disk.WriteBeforeFailing;
            foreach (var buffer in buffers)
            {
                var count = Math.Min(left, buffer.Length);
                buffer.Span[..count].CopyTo(content.Now.AsSpan((int)offset));
                offset += count;
                left -= count;
            }

            if (disk.FailWrites is not null) throw disk.FailWrites;
        }

        public void FlushToDisk()
        {
            disk.Flushes++;
            disk.Gate?.Pass();
            if (disk.FailFlushes is not null) throw disk.FailFlushes;
            lock (content) content.Durable = [.. content.Now];
        }

        public void SetLength(long length)
        {
            lock (content) (content.Now, content.Durable) = (Resize(content.Now), Resize(content.Durable));

            byte[] Resize(byte[] bytes)
            {
                Array.Resize(ref bytes, (int)length);
                return bytes;
            }
        }

        public void Dispose()
        {
        }
    }
}
