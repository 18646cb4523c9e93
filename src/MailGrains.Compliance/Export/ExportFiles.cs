using System.Security.Cryptography;
using System.Text;
using MailGrains.Storage.Files;

namespace MailGrains.Compliance.Export;

/// <summary>A folder of files and their hashes. What is appended to is kept open until <see cref="Close"/>.</summary>
internal sealed class ExportFiles(string folder) : IDisposable
{
    public const string Manifest = "manifest.sha256";

    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (FileStream File, IncrementalHash Hash)> _open = new(StringComparer.Ordinal);

    /// <param name="name">Relative, with slashes.</param>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        using var file = Create(name);
        file.Write(content);
        file.Flush(flushToDisk: true);
        _hashes.Add(name, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    public void Append(string name, ReadOnlySpan<byte> content)
    {
        if (!_open.TryGetValue(name, out var open))
            _open.Add(name, open = (Create(name), IncrementalHash.CreateHash(HashAlgorithmName.SHA256)));
        open.File.Write(content);
        open.Hash.AppendData(content);
    }

    public void Append(string name, string text) => Append(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes <c>manifest.sha256</c>, a line for each file as <c>sha256sum -c</c> reads it; returns its own hash in hex.</summary>
    public string Close()
    {
        foreach (var (name, (file, hash)) in _open)
        {
            file.Flush(flushToDisk: true);
            file.Dispose();
            _hashes.Add(name, Convert.ToHexStringLower(hash.GetHashAndReset()));
            hash.Dispose();
        }

        _open.Clear();
        var manifest = Encoding.UTF8.GetBytes(string.Concat(_hashes.Select(h => $"{h.Value}  {h.Key}\n")));
        using (var file = Create(Manifest))
        {
            file.Write(manifest);
            file.Flush(flushToDisk: true);
        }

        return Convert.ToHexStringLower(SHA256.HashData(manifest));
    }

    public void Dispose()
    {
        foreach (var (file, hash) in _open.Values)
        {
            file.Dispose();
            hash.Dispose();
        }
    }

    private FileStream Create(string name)
    {
        var path = Path.Combine(folder, name);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
    }
}
