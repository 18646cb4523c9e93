using MailGrains.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace MailGrains.Storage.Packs.Files;

internal sealed class DiskPackFile(SafeFileHandle handle) : IPackFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = RandomAccess.Read(handle, buffer[filled..], offset + filled);
            if (read == 0) break;
            filled += read;
        }

        return filled;
    }

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset) => RandomAccess.Write(handle, buffers, offset);

    public void FlushToDisk() => DiskSync.FlushData(handle);

    public void SetLength(long length) => RandomAccess.SetLength(handle, length);

    public void Dispose() => handle.Dispose();
}
