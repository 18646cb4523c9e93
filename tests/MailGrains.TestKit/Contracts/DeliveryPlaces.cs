using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;

namespace MailGrains.TestKit.Contracts;

/// <summary>Deliveries of a <see cref="MailboxActor"/> whose bodies lie elsewhere than it says.</summary>
public static class DeliveryPlaces
{
    /// <summary>The same delivery, with its body in the database.</summary>
    public static MailboxCommit InDatabase(this MailboxCommit delivery) => delivery.In(0);

    /// <summary>The same delivery, with its body in another pack.</summary>
    public static MailboxCommit In(this MailboxCommit delivery, int pack) => delivery.At(delivery.Emails[0].Body with { Pack = pack });

    /// <summary>The same delivery, with its body at this place.</summary>
    public static MailboxCommit At(this MailboxCommit delivery, BodyLocator place) => new()
    {
        Account = delivery.Account,
        Epoch = delivery.Epoch,
        Head = delivery.Head,
        Folders = delivery.Folders,
        Pages = delivery.Pages,
        Emails = [.. delivery.Emails.Select(e => e with { Body = place })],
        References = delivery.References,
        Events = delivery.Events,
    };
}
