using Orleans;
using Orleans.Concurrency;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>
/// One mail address; the key is <see cref="Model.Accounts.MailAddress.Key"/>. Remembers what the directory says of it, so that a delivery costs no
/// look into the store.
/// </summary>
public interface IAddressGrain : IGrainWithStringKey
{
    /// <summary>
    /// Where the address leads; null when nobody has it. Changes through <see cref="IAccountGrain"/> and <see cref="IDirectoryGrain"/> are known when those
    /// calls return; what was changed while a node was being lost, within half a minute.
    /// </summary>
    [AlwaysInterleave]
    Task<AddressTarget?> ResolveAsync();

    /// <summary>Something changed: the next answer is read from the store.</summary>
    [AlwaysInterleave]
    Task ForgetAsync();
}
