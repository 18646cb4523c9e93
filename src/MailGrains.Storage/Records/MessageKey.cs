using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>Names a message within its mailbox, by one of three.</summary>
public readonly record struct MessageKey
{
    public string? MessageId { get; private init; }

    public EmailId? Email { get; private init; }

    public BlobId? Blob { get; private init; }

    /// <summary>By the header field; several messages may have the same.</summary>
    public static MessageKey Of(string messageId) => new() { MessageId = messageId };

    public static MessageKey Of(EmailId email) => new() { Email = email };

    public static MessageKey Of(BlobId blob) => new() { Blob = blob };
}
