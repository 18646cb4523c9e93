using System.Text;
using System.Text.Json.Nodes;
using MailGrains.Model;
using MailGrains.TestKit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>An export in a folder of its own, to be tampered with.</summary>
internal sealed class ExportedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => System.IO.Path.Combine(_folder.Path, "export");

    public static async Task<ExportedFolder> OfAsync(TestLog log)
    {
        var exported = new ExportedFolder();
        await log.ExportAsync(exported.Path);
        return exported;
    }

    public string File(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public string Checkpoint(int partition, int size) => File("checkpoints", $"{partition}", $"{size}.txt");

    public string Head(long number) => File("heads", $"{number}.txt");

    public string Events(int partition) => File("events", $"{partition}.jsonl");

    public string Body(BlobId blob) => File("bodies", blob.ToString()[..2], blob.ToString());

    /// <summary>A file beside the export, where it is not part of it.</summary>
    public string Outside(string name, string text)
    {
        var file = System.IO.Path.Combine(_folder.Path, name);
        System.IO.File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Writes a partition's events anew from its lines.</summary>
    public void Rewrite(int partition, Func<string[], IEnumerable<string>> change) =>
        System.IO.File.WriteAllText(Events(partition), string.Concat(change(System.IO.File.ReadAllLines(Events(partition))).Select(l => l + "\n")), new UTF8Encoding(false));

    /// <summary>A line with other members.</summary>
    public static string With(string line, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        change(json);
        return json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public void Dispose() => _folder.Dispose();
}
