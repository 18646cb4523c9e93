using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Directory;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="ILoginThrottleGrain"/>
/// <remarks>
/// The first failures are free (people mistype); each further one doubles the wait, up to a ceiling. One failure is forgiven for each quiet
/// minute. So a guesser gets the free ones at once, six more in the next two minutes, and from then on about one a minute. A user's own client
/// addresses are not held up by what others do to the name; what they may guess is bounded by the count of the address.
/// </remarks>
[NotOnDrainingNodes]
internal sealed class LoginThrottleGrain(TimeProvider time) : Grain, ILoginThrottleGrain
{
    private const int FreePerUser = 5;

    /// <summary>Many people may share an address; a guesser on one still gets no further than this.</summary>
    private const int FreePerAddress = 20;

    private const int KeptAddresses = 16;

    private static readonly TimeSpan Ceiling = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ForgivenAfter = TimeSpan.FromMinutes(1);

    /// <summary>Where good logins came from, the latest last.</summary>
    private readonly List<string> _goodAddresses = [];

    private int _failures;
    private DateTimeOffset _forgivenUpTo;
    private DateTimeOffset _closedUntil;

    private bool IsAddress => this.GetPrimaryKeyString().StartsWith("ip:", StringComparison.Ordinal);

    public Task<TimeSpan> DelayAsync(string? clientAddress) => Task.FromResult(Delay(clientAddress));

    public Task<bool> SettleAsync(bool good, string? clientAddress)
    {
        if (Delay(clientAddress) > TimeSpan.Zero) return Task.FromResult(false);
        if (!good) Fail();
        else if (!IsAddress) Welcome(clientAddress);
        return Task.FromResult(true);
    }

    private TimeSpan Delay(string? clientAddress)
    {
        var left = _closedUntil - time.GetUtcNow();
        if (left <= TimeSpan.Zero || (clientAddress is not null && _goodAddresses.Contains(clientAddress))) return TimeSpan.Zero;
        return left;
    }

    private void Fail()
    {
        var now = time.GetUtcNow();
        var quiet = _failures == 0 ? 0 : (int)Math.Min((now - _forgivenUpTo) / ForgivenAfter, _failures);
        _failures += 1 - quiet;
        _forgivenUpTo = now;

        var excess = _failures - (IsAddress ? FreePerAddress : FreePerUser);
        if (excess < 0) return;
        var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(excess, 16)), Ceiling.TotalSeconds));
        if (now + wait > _closedUntil) _closedUntil = now + wait;
    }

    private void Welcome(string? clientAddress)
    {
        _failures = 0;
        _closedUntil = default;
        if (clientAddress is null) return;
        _goodAddresses.Remove(clientAddress);
        if (_goodAddresses.Count == KeptAddresses) _goodAddresses.RemoveAt(0);
        _goodAddresses.Add(clientAddress);
    }
}
