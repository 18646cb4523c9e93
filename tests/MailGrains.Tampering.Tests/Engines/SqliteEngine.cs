using MailGrains.Tampering.Tests.History;

namespace MailGrains.Tampering.Tests.Engines;

/// <summary>The embedded product.</summary>
public sealed class SqliteEngine : TamperedEngine
{
    /// <summary>What is the server's own beside its database: the owner of the database has the packs too.</summary>
    private static readonly string[] OwnFolders = ["checkpoints", "tiles"];

    private string _older = "";

    internal override SiloProcess SiloOn(DatabaseCopy copy) => new(copy.Data, []);

    private protected override Task<SiloProcess> PrepareAsync() => Task.FromResult(new SiloProcess(Data, []));

    private protected override Task KeepOlderAsync(string folder)
    {
        CopyFolder(Data, folder);
        _older = folder;
        return Task.CompletedTask;
    }

    private protected override Task<DatabaseCopy> CopyAsync(string folder, bool isOlder)
    {
        var copy = CopyOf(isOlder ? _older : folder);
        foreach (var own in OwnFolders)
            if (isOlder && Directory.Exists(Path.Combine(folder, own))) CopyFolder(Path.Combine(folder, own), Directory.CreateDirectory(Path.Combine(copy.Path, own)).FullName);
        return SqliteCopy.OfAsync(copy);
    }
}
