namespace MailGrains.TestKit;

/// <summary>A fresh folder that is gone when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mailgrains-").FullName;

    /// <summary>
    /// The files in it as they are at this moment, copied to a fresh folder: what a kill would leave. Lock files and shared memory, which no
    /// process inherits, stay behind.
    /// </summary>
    public TemporaryFolder CopyLive()
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Path))
        {
            if (System.IO.Path.GetExtension(file) is ".lock" or ".db-shm") continue;
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
