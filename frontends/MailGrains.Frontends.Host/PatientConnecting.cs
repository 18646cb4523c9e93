using Orleans.Runtime;

namespace MailGrains.Frontends.Host;

/// <summary>A frontend that starts before the silos waits for them; the listeners open when the first one has answered.</summary>
internal sealed class PatientConnecting(TimeProvider time, ILogger<PatientConnecting> log) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return false;
        log.WaitingForSilos(exception.Message);
        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }
}
