using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>
/// Counts failed logins of one user (<c>user:…</c>) or from one client address (<c>ip:…</c>) across the cluster. Held in memory only.
/// </summary>
public interface ILoginThrottleGrain : IGrainWithStringKey
{
    /// <summary>How long the next attempt must wait; zero when it may go on at once.</summary>
    Task<TimeSpan> DelayAsync();

    Task FailedAsync();

    /// <summary>A good login forgives this user's failures.</summary>
    Task SucceededAsync();
}
