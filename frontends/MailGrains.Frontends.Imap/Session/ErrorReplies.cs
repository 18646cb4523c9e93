using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Imap;
using MailGrains.Storage;
using MailGrains.Storage.Bodies;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>Failures → tagged responses (RFC 9051 section 7.1).</summary>
internal static class ErrorReplies
{
    public const string Corruption = "CORRUPTION";

    /// <summary>Null for what is no failure of the command but of the program.</summary>
    public static Reply? Of(Exception failure, CommandVerb verb) => failure switch
    {
        MailboxException mailbox => Reply.No(mailbox.Message, Code(mailbox.Error, verb)),
        BodyCorruptException => Reply.No("A message is damaged in the store", Corruption),
        StoreUnavailableException => Reply.No("The store is not available at the moment", ResponseCodes.Unavailable),
        _ => null,
    };

    private static string? Code(MailboxError error, CommandVerb verb) => error switch
    {
        MailboxError.NonExistent => verb is CommandVerb.Append or CommandVerb.Copy or CommandVerb.Move ? ResponseCodes.TryCreate : ResponseCodes.NonExistent,
        MailboxError.AlreadyExists => ResponseCodes.AlreadyExists,
        MailboxError.Cannot => ResponseCodes.Cannot,
        MailboxError.NoPermission or MailboxError.Disabled => ResponseCodes.NoPermission,
        MailboxError.OverQuota => ResponseCodes.OverQuota,
        MailboxError.Limit => ResponseCodes.Limit,
        MailboxError.TooBig => ResponseCodes.TooBig,
        MailboxError.ExpungeIssued => ResponseCodes.ExpungeIssued,
        MailboxError.Unavailable or MailboxError.Unconfirmed or MailboxError.Uncertain or MailboxError.Moved or MailboxError.UnknownSession =>
            ResponseCodes.Unavailable,
        _ => null,
    };
}
