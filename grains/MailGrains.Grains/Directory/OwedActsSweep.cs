using MailGrains.Model;
using MailGrains.Storage.Accounts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Directory;

/// <summary>
/// Brings owed acts to mailboxes whose accounts nobody looks at: after a bulk import, or when a mailbox could not be written to. Slowly, because each wakes
/// a mailbox up: nobody waits for it. Several nodes may do it at once; an act is in the log once.
/// </summary>
internal sealed class OwedActsSweep(IDirectoryStore store, IGrainFactory grains, TimeProvider time, ILogger<OwedActsSweep> logger) : BackgroundService
{
    /// <summary>Accounts a round; so many mailboxes a second wake up at the most.</summary>
    internal const int Round = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    /// <summary>Settles the accounts after <paramref name="after"/>; returns where to go on, or null at the end.</summary>
    internal async Task<AccountId?> SweepAsync(AccountId? after, CancellationToken cancellation)
    {
        var owing = await store.ListOwingAsync(after, Round, cancellation);
        if (owing.Count == 0) return null;
        var settled = await Task.WhenAll(owing.Select(BringAsync));
        await store.SettleAsync([.. settled.OfType<(AccountId, long)>()], cancellation);
        return owing.Count < Round ? null : owing[^1].Id;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AccountId? after = null;
        while (true)
        {
            await Task.Delay(after is null ? Rest : Pause, time, stoppingToken);
            try
            {
                after = await SweepAsync(after, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.SweepFailed(logger, failure);
                after = null;
            }
        }
    }

    private async Task<(AccountId Account, long Version)?> BringAsync(AccountRecord account)
    {
        try
        {
            await OwedActs.BringAsync(grains, account.Id, account.Owed);
            return (account.Id, account.Owed[^1].Version);
        }
        catch (Exception failure)
        {
            Log.ActNotRecorded(logger, failure, account.Id);
            return null;
        }
    }
}
