using MailGrains.Grains.Contracts.Folders;

namespace MailGrains.Frontends.Imap.Folders;

/// <summary>One name LIST may show: a folder, a level above one, or a subscription.</summary>
internal sealed class FolderName(string path)
{
    public string Path { get; } = path;

    /// <summary>Null for a name that is no folder.</summary>
    public FolderInfo? Folder { get; set; }

    public bool IsSubscribed { get; set; }

    public bool HasChildren { get; set; }
}
