using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>
/// Slows guessing of one user's password (<c>user:…</c>) or from one client address (<c>ip:…</c>) across the cluster. Held in memory only.
/// </summary>
public interface ILoginThrottleGrain : IGrainWithStringKey
{
    /// <summary>How long until an attempt from this client address is looked at again; zero when it is now. Changes nothing.</summary>
    Task<TimeSpan> DelayAsync(string? clientAddress);

    /// <summary>
    /// Counts an attempt whose verdict is known, and says whether the client may learn it. One call does both, so that attempts made at the same time get
    /// no more verdicts than attempts made one after the other. An attempt that is refused here is not counted.
    /// </summary>
    Task<bool> SettleAsync(bool good, string? clientAddress);
}
