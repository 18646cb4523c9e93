using MailGrains.Frontends.Lmtp.Delivering;
using MailGrains.Lmtp;

namespace MailGrains.Frontends.Lmtp;

/// <summary>Replies that are always the same.</summary>
internal static class LmtpReplies
{
    public static readonly LmtpReply Ok = new(250, "2.0.0", "OK");
    public static readonly LmtpReply SenderOk = new(250, "2.1.0", "Sender OK");
    public static readonly LmtpReply RecipientOk = new(250, "2.1.5", "Recipient OK");
    public static readonly LmtpReply ChunkOk = new(250, "2.0.0", "Chunk received");
    public static readonly LmtpReply GoAhead = new(354, "", "End with a dot on a line of its own");
    public static readonly LmtpReply StartTls = new(220, "2.0.0", "Ready to start TLS");
    public static readonly LmtpReply Bye = new(221, "2.0.0", "Bye");
    public static readonly LmtpReply Vrfy = new(252, "2.1.5", "Send some mail, it will be tried");
    public static readonly LmtpReply Help = new(214, "2.0.0", ["LHLO MAIL RCPT DATA BDAT", "RSET NOOP VRFY HELP QUIT"]);

    public static readonly LmtpReply Unknown = new(550, "5.1.1", "No such mailbox");
    public static readonly LmtpReply Disabled = new(550, "5.2.1", "Mailbox is disabled");
    public static readonly LmtpReply EmptyGroup = new(550, "5.2.4", "Nobody in this group takes mail");
    public static readonly LmtpReply LargeGroup = new(550, "5.2.4", "This group has too many members for mail");
    public static readonly LmtpReply LookupFailed = new(451, "4.3.0", "Recipient cannot be looked up now");
    public static readonly LmtpReply NeedsSmtpUtf8 = new(553, "5.6.7", "A recipient outside ASCII needs SMTPUTF8");
    public static readonly LmtpReply TooManyRecipients = new(452, "4.5.3", "Too many recipients");
    public static readonly LmtpReply TooBig = new(552, "5.3.4", "Message is bigger than the limit");
    public static readonly LmtpReply Loop = new(554, "5.4.6", "Too many Received fields, this message goes round in circles");
    public static readonly LmtpReply ChunkAfterFailure = new(503, "5.5.1", "A chunk before was refused: RSET");
    public static readonly LmtpReply NoStartTls = new(502, "5.5.1", "STARTTLS is not offered");
    public static readonly LmtpReply LineTooLong = new(500, "5.5.2", "Line too long");

    public static readonly LmtpReply TooManyErrors = new(421, "4.7.0", "Too many errors, closing");
    public static readonly LmtpReply Draining = new(421, "4.3.2", "Shutting down, try again");
    public static readonly LmtpReply TimedOut = new(421, "4.4.2", "Nothing happened for too long, closing");
    public static readonly LmtpReply Busy = new(421, "4.3.2", "Too many connections, try again later");

    public static LmtpReply Of(RecipientStatus status) => status switch
    {
        RecipientStatus.Found => RecipientOk,
        RecipientStatus.Disabled => Disabled,
        RecipientStatus.EmptyGroup => EmptyGroup,
        RecipientStatus.LargeGroup => LargeGroup,
        _ => Unknown,
    };
}
