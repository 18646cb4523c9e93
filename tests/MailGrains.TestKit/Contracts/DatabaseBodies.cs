using MailGrains.Storage.Commit;

namespace MailGrains.TestKit.Contracts;

/// <summary>Deliveries of a <see cref="MailboxActor"/> as they are when bodies lie in the database.</summary>
public static class DatabaseBodies
{
    /// <summary>The same delivery, with its body in the database.</summary>
    public static MailboxCommit InDatabase(this MailboxCommit delivery) => new()
    {
        Account = delivery.Account,
        Epoch = delivery.Epoch,
        Head = delivery.Head,
        Folders = delivery.Folders,
        Pages = delivery.Pages,
        Emails = [.. delivery.Emails.Select(e => e with { Body = e.Body with { Pack = 0 } })],
        References = delivery.References,
        Events = delivery.Events,
    };
}
