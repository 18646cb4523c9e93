namespace MailGrains.Discovery.Queries;

/// <summary>What of a message a term of a query asks for.</summary>
public enum QueryField
{
    /// <summary>No field is named: subject, body, participants, names of attachments.</summary>
    Anywhere,
    Subject,
    Body,
    From,
    Sender,
    ReplyTo,
    To,
    Cc,
    Bcc,

    /// <summary>All address fields.</summary>
    Participants,

    /// <summary>To, Cc and Bcc.</summary>
    Recipients,

    /// <summary>File names.</summary>
    Attachment,
    ListId,
    MessageId,
    References,
    Type,
    Sha256,
    Folder,
    Flag,
    Sent,
    Received,
    Size,
    HasAttachment,
    Partial,
}
