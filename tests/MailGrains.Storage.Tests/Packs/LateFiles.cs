using MailGrains.Storage.Packs.Files;

namespace MailGrains.Storage.Tests.Packs;

/// <summary>Packs in which something happens right before one is cut.</summary>
internal sealed class LateFiles(IPackFiles files, Action beforeCut) : IPackFiles
{
    public IReadOnlyList<int> List() => files.List();

    public IPackFile Create(int pack, long length) => files.Create(pack, length);

    public IPackFile Open(int pack) => new LateFile(files.Open(pack), beforeCut);

    public void Delete(int pack) => files.Delete(pack);

    private sealed class LateFile(IPackFile file, Action beforeCut) : IPackFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset) => file.Write(buffers, offset);

        public void FlushToDisk() => file.FlushToDisk();

        public void SetLength(long length)
        {
            beforeCut();
            file.SetLength(length);
        }

        public void Dispose() => file.Dispose();
    }
}
