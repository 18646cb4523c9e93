using MailGrains.Grains.Contracts.Directory;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="ILoginThrottleGrain"/>
/// <remarks>
/// The first failures are free (people mistype); each further one doubles the wait, up to a ceiling. One failure is forgiven for each quiet
/// minute.
/// </remarks>
internal sealed class LoginThrottleGrain(TimeProvider time) : Grain, ILoginThrottleGrain
{
    private const int FreePerUser = 5;

    /// <summary>Many people may share an address; a guesser on one still gets no further than this.</summary>
    private const int FreePerAddress = 20;

    private static readonly TimeSpan Ceiling = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ForgivenAfter = TimeSpan.FromMinutes(1);

    private int _failures;
    private DateTimeOffset _lastFailure;

    private int Free => this.GetPrimaryKeyString().StartsWith("ip:", StringComparison.Ordinal) ? FreePerAddress : FreePerUser;

    public Task<TimeSpan> DelayAsync()
    {
        Forgive();
        if (_failures <= Free) return Task.FromResult(TimeSpan.Zero);
        var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(_failures - Free, 16)), Ceiling.TotalSeconds));
        var left = _lastFailure + wait - time.GetUtcNow();
        return Task.FromResult(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    public Task FailedAsync()
    {
        Forgive();
        _failures++;
        _lastFailure = time.GetUtcNow();
        return Task.CompletedTask;
    }

    public Task SucceededAsync()
    {
        _failures = 0;
        return Task.CompletedTask;
    }

    private void Forgive()
    {
        if (_failures == 0) return;
        var quiet = (int)Math.Min((time.GetUtcNow() - _lastFailure) / ForgivenAfter, _failures);
        if (quiet <= 0) return;
        _failures -= quiet;
        _lastFailure += quiet * ForgivenAfter;
    }
}
