using System.Runtime.InteropServices;
using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Rendering;

/// <summary>Where the fields of one header are that summaries know by number (<see cref="CachedFields"/>).</summary>
internal sealed class HeaderIndex
{
    private const int MaxEntries = 1000;

    private readonly List<Entry> _entries = new(32);

    public ReadOnlySpan<Entry> Entries => CollectionsMarshal.AsSpan(_entries);

    /// <summary>Fields that occur more often than is kept.</summary>
    public ulong Incomplete { get; private set; }

    public void Read(ReadOnlySpan<byte> header)
    {
        _entries.Clear();
        Incomplete = 0;
        for (var reader = new HeaderFieldReader(header); reader.Read();)
        {
            var field = CachedFields.IndexOf(reader.Name);
            if (field < 0)
                continue;
            if (_entries.Count < MaxEntries)
                _entries.Add(new Entry(field, reader.Start, reader.Length, reader.ValueStart));
            else
                Incomplete |= 1UL << field;
        }
    }

    /// <summary>The raw value of the first field with this number.</summary>
    public bool TryFirst(ReadOnlySpan<byte> header, int field, out ReadOnlySpan<byte> value)
    {
        foreach (var entry in _entries)
        {
            if (entry.Field == field)
            {
                value = entry.Value(header);
                return true;
            }
        }

        value = default;
        return false;
    }

    public readonly record struct Entry(int Field, int Start, int Length, int ValueStart)
    {
        public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> header) => header[ValueStart..(Start + Length)];
    }
}
