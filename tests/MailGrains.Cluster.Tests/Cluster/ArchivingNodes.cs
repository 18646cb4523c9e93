using MailGrains.Evidence.Notes;
using MailGrains.TestKit;

namespace MailGrains.Cluster.Tests.Cluster;

/// <summary>What nodes are given that keep an archive for ever and sign the log, all with one key.</summary>
internal sealed class ArchivingNodes : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ArchivingNodes()
    {
        var file = Path.Combine(_folder.Path, "log-key");
        using var key = NoteSigner.Generate("cluster.example/log");
        File.WriteAllText(file, key.ToPrivateText() + "\n");
        Settings = ["--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=forever", $"--Evidence:Key={file}"];
    }

    public string[] Settings { get; }

    public void Dispose() => _folder.Dispose();
}
