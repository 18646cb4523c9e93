using MailGrains.Grains.Contracts.Calls;
using Microsoft.Extensions.Hosting;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>
/// When a silo has gone or come, the sessions in IDLE look again: a mailbox that was on a dead silo pushes nothing more until its sessions have been
/// opened on the new one.
/// </summary>
internal sealed class SiloWatch(SiloChanges silos, ImapProtocol imap) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var next = silos.Next; ;)
        {
            await next.WaitAsync(stoppingToken);
            next = silos.Next;
            imap.LookAgain();
        }
    }
}
