using System.Buffers;

namespace MailGrains.Model.Summary;

/// <summary>A growing byte buffer that a summary's sections are written into; meant to be kept and used again.</summary>
public sealed class SummaryBuffer : IBufferWriter<byte>
{
    private byte[] _bytes;

    public SummaryBuffer(int capacity = 1024) => _bytes = new byte[capacity];

    public int Length { get; private set; }

    public int Capacity => _bytes.Length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Takes back what was written after <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = Math.Min(length, Length);

    public void WriteByte(byte value)
    {
        if (Length == _bytes.Length)
            Grow(1);
        _bytes[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        if (value.Length > _bytes.Length - Length)
            Grow(value.Length);
        value.CopyTo(_bytes.AsSpan(Length));
        Length += value.Length;
    }

    /// <summary>Writes again what stands at a place in this buffer.</summary>
    public void WriteCopy(int start, int length)
    {
        if (length > _bytes.Length - Length)
            Grow(length);
        _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(Length));
        Length += length;
    }

    /// <summary>Puts ASCII letters from <paramref name="start"/> on into lower case.</summary>
    public void ToLower(int start)
    {
        foreach (ref var octet in _bytes.AsSpan(start..Length))
            octet = octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;
    }

    /// <summary>A varint, as summaries store numbers.</summary>
    public void WriteNumber(uint value)
    {
        if (_bytes.Length - Length < Varint.MaxLength)
            Grow(Varint.MaxLength);
        Length += Varint.Write(_bytes.AsSpan(Length), value);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length - Length < Math.Max(1, sizeHint))
            Grow(Math.Max(1, sizeHint));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void Grow(int more) => Array.Resize(ref _bytes, Math.Max(checked(Length + more), _bytes.Length * 2));
}
