using MailGrains.Grains.Contracts.Directory;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Directory;

/// <summary>Tells address grains, wherever they are, that the store says something else now.</summary>
internal static class AddressCaches
{
    /// <summary>A grain that can't be reached now reads again by itself before long, so that the change, which is done, does not fail for it.</summary>
    public static async Task ForgetAsync(IGrainFactory grains, IEnumerable<string> addresses, ILogger logger)
    {
        try
        {
            await Task.WhenAll(addresses.Select(a => grains.GetGrain<IAddressGrain>(a).ForgetAsync()));
        }
        catch (Exception failure)
        {
            Log.AddressNotTold(logger, failure);
        }
    }
}
