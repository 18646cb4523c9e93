using System.Buffers;

namespace MailGrains.Storage.Packs;

/// <summary>
/// Arrays for records on their way to disk. Hundreds of them wait for one flush, more than the shared pool keeps
/// (measured: it allocated nearly every one anew with 256 appenders).
/// </summary>
internal static class RecordBuffers
{
    private const int SmallBytes = 32 << 10;
    private const int Kept = 512;

    private static readonly ArrayPool<byte> Small = ArrayPool<byte>.Create(SmallBytes, Kept);

    public static byte[] Rent(int size) => (size <= SmallBytes ? Small : ArrayPool<byte>.Shared).Rent(size);

    // An array of the small pool is never longer than its limit, one of the shared pool for more than that always is.
    public static void Return(byte[] array) => (array.Length <= SmallBytes ? Small : ArrayPool<byte>.Shared).Return(array);
}
