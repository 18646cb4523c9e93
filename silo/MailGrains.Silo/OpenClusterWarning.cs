using MailGrains.Hosting.Settings;

namespace MailGrains.Silo;

/// <summary>Says at the start that strangers could join the cluster.</summary>
internal sealed class OpenClusterWarning(NodeSettings settings, ILogger<OpenClusterWarning> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        log.ClusterIsOpen(settings.ClusterListen, settings.ClusterGateway);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
