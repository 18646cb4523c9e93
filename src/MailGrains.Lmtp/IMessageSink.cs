namespace MailGrains.Lmtp;

/// <summary>Takes the octets of a message as they are decoded.</summary>
public interface IMessageSink
{
    void Append(ReadOnlySpan<byte> octets);
}
