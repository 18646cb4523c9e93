using Microsoft.Extensions.Hosting;

namespace MailGrains.Frontends.Http;

/// <summary>Whether this process should be sent work: from the moment every listener accepts until stopping begins.</summary>
public sealed class Readiness(IHostApplicationLifetime lifetime)
{
    public bool IsReady => lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
}
