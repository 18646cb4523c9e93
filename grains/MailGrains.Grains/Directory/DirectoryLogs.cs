using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Storage.Accounts;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Directory;

/// <summary>Has changes of groups, roles and domains brought to the directory's log after they are done.</summary>
internal static class DirectoryLogs
{
    /// <summary>A change an administrator makes now.</summary>
    public static ActOrigin OriginOf(AdminActor? by, TimeProvider time) => new(by?.Name, by?.ClientAddress, time.GetUtcNow());

    /// <summary>That can fail without undoing the change: it stays owed, and the sweep brings it.</summary>
    public static async Task TryBringAsync(IGrainFactory grains, ILogger logger)
    {
        try
        {
            await grains.GetGrain<IDirectoryLogGrain>(0).BringAsync();
        }
        catch (Exception failure)
        {
            Log.ChangeNotRecorded(logger, failure);
        }
    }

    /// <summary>On return all that had been done before is there.</summary>
    public static async Task BringAllAsync(IGrainFactory grains)
    {
        while (!await grains.GetGrain<IDirectoryLogGrain>(0).BringAsync())
        {
        }
    }
}
