using MailGrains.Grains.Contracts.Cluster;
using Microsoft.Extensions.Hosting;

namespace MailGrains.Frontends.Http;

/// <summary>
/// Whether this process should be sent work: from the moment every listener accepts until stopping begins, and not while the silo in it is
/// being emptied.
/// </summary>
/// <param name="lifetime">The process'.</param>
/// <param name="drain">null where there is no silo in the process.</param>
public sealed class Readiness(IHostApplicationLifetime lifetime, INodeDrain? drain = null)
{
    public bool IsReady => lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested
        && drain is not { IsDraining: true };
}
