using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http.Messages;

/// <summary>Tells a mailbox's log that an administrator is given messages of it. Durable on return: what is given is given after that.</summary>
internal static class AccessRecord
{
    private static readonly object Operation = new();

    /// <param name="details">What is given: <c>what</c>, and whatever says it more exactly.</param>
    public static Task WriteAsync(HttpContext context, IMailboxGrain mailbox, EventDetails details)
    {
        // A request that is made again because a node went away is still one.
        if (context.Items[Operation] is not BlobId operation) context.Items[Operation] = operation = BlobId.Of(Guid.NewGuid().ToByteArray());
        return mailbox.RecordAsync(new AccountEvent
        {
            Type = AccountEventType.AdminAccess,
            Origin = AdminAccess.OriginOf(context),
            Operation = operation,
            Details = details,
        });
    }
}
