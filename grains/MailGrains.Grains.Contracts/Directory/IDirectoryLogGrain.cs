using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>
/// Brings changes of groups, roles and domains from the directory, where they are written with what they did, to the directory's log, one after the other
/// in the order in which they were made. There is one (the key is 0).
/// </summary>
public interface IDirectoryLogGrain : IGrainWithIntegerKey
{
    /// <returns>True: all that had been done when this was called is in the log. False: there is more than one call brings; call again.</returns>
    Task<bool> BringAsync();
}
