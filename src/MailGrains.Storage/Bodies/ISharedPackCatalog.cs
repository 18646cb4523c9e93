namespace MailGrains.Storage.Bodies;

/// <summary>What the index of several processes knows of packs, and which folder it knows them in.</summary>
public interface ISharedPackCatalog : IPackCatalog
{
    /// <summary>The id of the folder with the packs; null: none was bound yet.</summary>
    Task<long?> FindFolderAsync(CancellationToken cancellation);

    /// <summary>Binds a folder, for good, if none is; durable on return.</summary>
    /// <returns>The one that is bound now.</returns>
    Task<long> BindFolderAsync(long id, CancellationToken cancellation);
}
