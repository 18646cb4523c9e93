using MailGrains.Lmtp;
using MailGrains.Lmtp.Commands;

namespace MailGrains.Frontends.Lmtp;

/// <summary>One mail transaction: from MAIL to the replies of its recipients, or to RSET.</summary>
internal sealed class LmtpTransaction(MailCommand mail) : IDisposable
{
    public MailPath Sender => mail.Sender;

    public long? AnnouncedSize => mail.Size;

    public bool SmtpUtf8 => mail.SmtpUtf8;

    /// <summary>Accepted recipients in the order of their commands, which is the order of the replies.</summary>
    public List<LmtpRecipient> Recipients { get; } = [];

    /// <summary>The chunks so far (RFC 3030).</summary>
    public MessageBuffer? Chunks { get; set; }

    /// <summary>A chunk was refused: nothing but RSET helps.</summary>
    public bool HasFailed { get; set; }

    public void Dispose() => Chunks?.Dispose();
}
