namespace MailGrains.Grains.Contracts.Messages;

/// <summary>What of messages a client is shown with the rows it asks for; the mailbox tells its log of it where that is wanted.</summary>
public enum ContentAccess : byte
{
    /// <summary>Flags, sizes, ENVELOPE, BODYSTRUCTURE: nothing that counts as reading.</summary>
    None = 0,

    /// <summary>The message's own header, or fields of it.</summary>
    Headers = 1,

    /// <summary>Text or parts, whole or partly.</summary>
    Body = 2,
}
