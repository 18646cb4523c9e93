using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>Where recipients are looked up and messages go: the grains, seen from here.</summary>
public interface IDeliveryTarget
{
    /// <summary>Finds the account, or the accounts, an address leads to. Throws what a temporary failure throws; an unknown address is a result.</summary>
    ValueTask<RecipientLookup> ResolveAsync(MailAddress address);

    /// <summary>Delivers to one account; durable on return. May be repeated with the same <see cref="Delivery.Operation"/>.</summary>
    Task<DeliveryResult> DeliverAsync(AccountId account, Delivery delivery);

    /// <summary>Appends an event to the log of a mailbox; durable on return.</summary>
    Task RecordAsync(AccountId account, AccountEvent happened);
}
