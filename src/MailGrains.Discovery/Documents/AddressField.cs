namespace MailGrains.Discovery.Documents;

/// <summary>The header fields with addresses. The numbers are part of the stored format.</summary>
public enum AddressField : byte
{
    From = 0,
    Sender = 1,
    ReplyTo = 2,
    To = 3,
    Cc = 4,
    Bcc = 5,
}
