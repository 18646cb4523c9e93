using System.Buffers;

namespace MailGrains.Mime.Sections;

/// <summary>
/// The octets of a section, as up to two slices of memory that others own: valid as long as the prefix, blob and summary
/// given to the reader are.
/// </summary>
/// <param name="IsAbsent">The message has no such part: answer NIL.</param>
/// <param name="First">What comes first; may be empty.</param>
/// <param name="Second">What follows it; may be empty.</param>
public readonly record struct SectionData(bool IsAbsent, ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second)
{
    public static readonly SectionData Absent = new(true, default, default);

    public static readonly SectionData Empty = new(false, default, default);

    public SectionData(ReadOnlyMemory<byte> only)
        : this(false, only, default)
    {
    }

    public long Length => (long)First.Length + Second.Length;

    /// <summary>The partial <c>&lt;offset.count&gt;</c>: what is there of it, perhaps nothing.</summary>
    public SectionData Slice(ulong offset, ulong count)
    {
        if (IsAbsent)
            return this;
        var start = (long)Math.Min(offset, (ulong)Length);
        var end = start + (long)Math.Min(count, (ulong)(Length - start));
        return new SectionData(false, Cut(First, start, end), Cut(Second, start - First.Length, end - First.Length));
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.Write(First.Span);
        output.Write(Second.Span);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        First.CopyTo(bytes);
        Second.CopyTo(bytes.AsMemory(First.Length));
        return bytes;
    }

    private static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> slice, long start, long end) =>
        slice[(int)Math.Clamp(start, 0, slice.Length)..(int)Math.Clamp(end, 0, slice.Length)];
}
