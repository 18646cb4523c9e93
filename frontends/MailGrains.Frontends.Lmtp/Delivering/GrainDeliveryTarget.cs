using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using Orleans;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>
/// Delivers through the grains. A call whose silo is gone or whose mailbox moved is made again, under the same operation id; a time-out is left to
/// the relay, whose next attempt finds that id if this one did succeed.
/// </summary>
public sealed class GrainDeliveryTarget(IGrainFactory grains, TimeProvider time) : IDeliveryTarget
{
    public async ValueTask<RecipientLookup> ResolveAsync(MailAddress address)
    {
        if (await Patience.CallAsync(time, grains.GetGrain<IAddressGrain>(address.Key).ResolveAsync) is not { } target)
            return RecipientLookup.Refused(RecipientStatus.Unknown);
        if (target.Disabled) return new RecipientLookup(RecipientStatus.Disabled, target.Account is { } disabled ? [disabled] : []);
        if (target.Account is { } account) return RecipientLookup.Of(account);
        return target.Members.Length switch
        {
            0 => RecipientLookup.Refused(RecipientStatus.EmptyGroup),
            > AddressTarget.MaxMembers => RecipientLookup.Refused(RecipientStatus.LargeGroup),
            _ => new RecipientLookup(RecipientStatus.Found, target.Members),
        };
    }

    public async Task<DeliveryResult> DeliverAsync(AccountId account, Delivery delivery)
    {
        var mailbox = grains.GetGrain<IMailboxGrain>(account.Value);
        var patience = new Patience(time);
        while (true)
        {
            try
            {
                return await mailbox.DeliverAsync(delivery);
            }
            catch (Exception failed) when (CallFailures.Of(failed) is var failure and not CallFailure.TimedOut && patience.AllowsRepetition(failure))
            {
                DeliveryMetrics.Retried();
                await patience.PauseAsync(CancellationToken.None);
            }
        }
    }

    public Task RecordAsync(AccountId account, AccountEvent happened) => grains.GetGrain<IMailboxGrain>(account.Value).RecordAsync(happened);
}
