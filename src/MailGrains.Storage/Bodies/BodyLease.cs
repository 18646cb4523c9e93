using System.Buffers;

namespace MailGrains.Storage.Bodies;

/// <summary>A body's bytes in a rented array; dispose to give it back.</summary>
public struct BodyLease(byte[] rented, int length, bool pooled, int offset = 0) : IDisposable
{
    private byte[]? _rented = rented;

    public readonly ReadOnlyMemory<byte> Memory => _rented.AsMemory(offset, length);

    public void Dispose()
    {
        var array = _rented;
        _rented = null;
        if (pooled && array is not null) ArrayPool<byte>.Shared.Return(array);
    }
}
