using System.Net;
using System.Net.Sockets;
using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Directory;
using Orleans;

namespace MailGrains.Frontends.Authentication;

/// <summary>
/// What slows the attempts on one name from one client, together. An attempt whose silo went away while it was counted is counted again: the first free
/// ones count twice then, and of a later one the verdict is not told.
/// </summary>
internal sealed class LoginThrottle
{
    private readonly ILoginThrottleGrain[] _throttles;
    private readonly string? _network;
    private readonly TimeProvider _time;

    public LoginThrottle(IGrainFactory grains, TimeProvider time, string user, string? clientAddress)
    {
        _time = time;
        _network = NetworkOf(clientAddress);
        var byUser = grains.GetGrain<ILoginThrottleGrain>("user:" + user);
        _throttles = _network is null ? [byUser] : [grains.GetGrain<ILoginThrottleGrain>("ip:" + _network), byUser];
    }

    public async Task<bool> IsClosedAsync(CancellationToken cancellation)
    {
        foreach (var throttle in _throttles)
            if (await Patience.CallAsync(_time, () => throttle.DelayAsync(_network), cancellation) > TimeSpan.Zero) return true;
        return false;
    }

    /// <summary>Counts the attempt; false when its verdict may not be told.</summary>
    public async Task<bool> SettleAsync(bool good, CancellationToken cancellation)
    {
        foreach (var throttle in _throttles)
            if (!await Patience.CallAsync(_time, () => throttle.SettleAsync(good, _network), cancellation)) return false;
        return true;
    }

    /// <summary>One customer has one IPv4 address, and a whole /64 of IPv6. null where there is no address (a Unix socket).</summary>
    internal static string? NetworkOf(string? clientAddress)
    {
        if (!IPAddress.TryParse(clientAddress, out var address)) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return address.ToString();
        var prefix = address.GetAddressBytes();
        prefix.AsSpan(8).Clear();
        return new IPAddress(prefix) + "/64";
    }
}
