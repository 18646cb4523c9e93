using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>
/// Notices within a second or two that a silo has gone or come, and then has the sessions in IDLE look again: a mailbox that was on a dead silo
/// pushes nothing more until its sessions have been opened on the new one.
/// </summary>
internal sealed class SiloWatch(IGrainFactory grains, ImapProtocol imap, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<SiloAddress> known = [];
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (await SilosAsync() is not { } now || known.SetEquals(now)) continue;
            if (known.Count > 0) imap.LookAgain();
            known = now;
        }
    }

    /// <summary>
    /// null while nobody can tell, be it that a silo goes or that the database is away: the next answer shows what has changed. Whatever the failure is, a
    /// node must not end for want of this.
    /// </summary>
    private async Task<HashSet<SiloAddress>?> SilosAsync()
    {
        try
        {
            return [.. (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys];
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            return null;
        }
    }
}
