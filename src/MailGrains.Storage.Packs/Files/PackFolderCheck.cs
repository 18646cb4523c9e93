using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Packs.Files;

/// <summary>
/// Whether a folder is the one in which the index knows its packs. Mail that is written into another, say because the disk with the packs isn't mounted, is
/// acknowledged and can't be read by anybody else.
/// </summary>
public static class PackFolderCheck
{
    /// <summary>
    /// Looks at a folder before it is used. One that was never bound fits when it holds the last of the packs in use, or when there are none in use and none
    /// in it.
    /// </summary>
    /// <param name="bind">Whether a folder that fits is bound; otherwise nothing is written.</param>
    /// <exception cref="IOException">It is another one, or can't be read; the message is for an operator.</exception>
    /// <exception cref="StoreUnavailableException">The index can't be asked now.</exception>
    public static async Task RunAsync(string folder, ISharedPackCatalog catalog, bool bind, CancellationToken cancellation)
    {
        // In this order: others may begin to write into a folder that they have just bound.
        var used = (await catalog.ReadNumbersAsync(cancellation)).Used;
        var packs = Directory.Exists(folder) ? DiskPackFiles.ToRead(folder).List() : [];
        var bound = await catalog.FindFolderAsync(cancellation);
        var id = PackFolderId.Find(folder);
        if (bound is null)
        {
            if (used == 0 && packs.Count > 0)
                throw new IOException("it holds packs of which the database knows nothing: move them away, or name the folder of this store.");
            if (used > 0 && !packs.Contains(used)) throw new IOException("the packs that the database knows are not in it. Is its disk mounted?");
            if (!bind) return;
            id = PackFolderId.Give(folder);
            bound = await catalog.BindFolderAsync(id.Value, cancellation);
        }

        if (id == bound) return;
        throw new IOException(id is null
            ? $"it has no file '{PackFolderId.FileName}', so it is not the folder with this store's packs. Is its disk mounted?"
            : $"its file '{PackFolderId.FileName}' is that of another store.");
    }
}
