namespace MailGrains.Storage.Packs.Files;

/// <summary>One open pack. Reads may run at the same time as each other and as one write.</summary>
public interface IPackFile : IDisposable
{
    long Length { get; }

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/>; fewer octets only at the end of the file.</summary>
    /// <exception cref="ObjectDisposedException">The file was closed meanwhile.</exception>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes the buffers one after the other from <paramref name="offset"/>, all of them or it throws.</summary>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset);

    /// <summary>What was written is on stable storage on return. After a failure nothing unflushed may be trusted, not even by trying again.</summary>
    void FlushToDisk();

    void SetLength(long length);
}
