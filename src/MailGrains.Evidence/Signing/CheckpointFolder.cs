using System.Globalization;
using MailGrains.Storage.Files;

namespace MailGrains.Evidence.Signing;

/// <summary>
/// The heads this process knows, in files of their own: <c>17.txt</c> a head, <c>17.tst</c> its time stamp. Private, durable, and never changed: the witness
/// that whoever owns the database can't reach.
/// </summary>
internal sealed class CheckpointFolder(string path)
{
    private const string Head = ".txt";
    private const string Stamp = ".tst";
    private const string Temporary = ".new";

    /// <summary>Numbers of the heads there are, in order.</summary>
    public IReadOnlyList<long> Numbers() => !Directory.Exists(path)
        ? []
        : [.. Directory.EnumerateFiles(path, "*" + Head).Select(file => NumberOf(Path.GetFileNameWithoutExtension(file))).Where(n => n > 0).Order()];

    public byte[]? ReadHead(long number) => Read(number, Head);

    public byte[]? ReadStamp(long number) => Read(number, Stamp);

    public void AddHead(long number, ReadOnlyMemory<byte> octets) => Add(number, Head, octets);

    public void AddStamp(long number, ReadOnlyMemory<byte> octets) => Add(number, Stamp, octets);

    /// <summary>Keeps a head under another name, where it doesn't count.</summary>
    public void SetAside(long number)
    {
        System.IO.File.Move(File(number, Head), File(number, Head) + ".aside", overwrite: true);
        if (System.IO.File.Exists(File(number, Stamp))) System.IO.File.Move(File(number, Stamp), File(number, Stamp) + ".aside", overwrite: true);
        DiskSync.FlushDirectory(path);
    }

    private byte[]? Read(long number, string ending)
    {
        var file = File(number, ending);
        return System.IO.File.Exists(file) ? System.IO.File.ReadAllBytes(file) : null;
    }

    private void Add(long number, string ending, ReadOnlyMemory<byte> octets)
    {
        PrivateFiles.CreateFolder(path);
        var file = File(number, ending);
        using (var stream = new FileStream(file + Temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }.Private()))
        {
            stream.Write(octets.Span);
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(file + Temporary, file);
        DiskSync.FlushDirectory(path);
    }

    private string File(long number, string ending) => Path.Combine(path, number.ToString(CultureInfo.InvariantCulture) + ending);

    private static long NumberOf(string name) =>
        !name.StartsWith('0') && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
