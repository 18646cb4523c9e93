using System.Text;
using MailGrains.Mime.Headers;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>What delivery wants to know of a message's header section, from one walk over it.</summary>
/// <param name="Received">How many Received fields there are.</param>
/// <param name="MessageId">As <see cref="MessageIdText"/> tells it; null when there is none.</param>
internal readonly record struct MessageHead(int Received, string? MessageId)
{
    public static MessageHead Read(ReadOnlySpan<byte> message)
    {
        var received = 0;
        string? messageId = null;
        var fields = new HeaderFieldReader(message);
        while (fields.Read())
        {
            if (Ascii.EqualsIgnoreCase(fields.Name, "Received"u8))
                received++;
            else if (messageId is null && Ascii.EqualsIgnoreCase(fields.Name, "Message-ID"u8))
                messageId = MessageIdText.Of(fields.Value);
        }

        return new MessageHead(received, messageId);
    }
}
