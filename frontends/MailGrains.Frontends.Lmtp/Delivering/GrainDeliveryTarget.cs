using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using Orleans;
using Orleans.Runtime;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>
/// Delivers through the grains. A call that was certainly not carried out (the silo is gone, the mailbox moved) is made
/// again; a time-out is left to the relay, whose next attempt finds the operation id if this one did succeed.
/// </summary>
public sealed class GrainDeliveryTarget(IGrainFactory grains, TimeProvider time) : IDeliveryTarget
{
    private static readonly TimeSpan[] s_pauses = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1)];

    public async ValueTask<RecipientLookup> ResolveAsync(MailAddress address)
    {
        if (await grains.GetGrain<IAddressGrain>(address.Key).ResolveAsync() is not { } account)
            return default;
        return await grains.GetGrain<IAccountGrain>(account.Value).GetAsync() is { } profile
            ? new RecipientLookup(account, profile.Disabled)
            : default;
    }

    public async Task<DeliveryResult> DeliverAsync(AccountId account, Delivery delivery)
    {
        var mailbox = grains.GetGrain<IMailboxGrain>(account.Value);
        foreach (var pause in s_pauses)
        {
            try
            {
                return await mailbox.DeliverAsync(delivery);
            }
            catch (Exception failure) when (WasNotCarriedOut(failure))
            {
                await Task.Delay(pause, time);
            }
        }

        return await mailbox.DeliverAsync(delivery);
    }

    private static bool WasNotCarriedOut(Exception failure) => failure
        is MailboxException { Error: MailboxError.Moved }
        or SiloUnavailableException
        or OrleansMessageRejectionException;
}
