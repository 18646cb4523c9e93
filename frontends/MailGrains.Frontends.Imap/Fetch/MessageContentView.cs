using MailGrains.Model.Summary;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>What has been read of a message: its trace header, its summary and, where it was needed, its octets.</summary>
internal readonly struct MessageContentView(EmailRecord record, ReadOnlyMemory<byte> blob)
{
    public ReadOnlyMemory<byte> Prefix => record.Prefix;

    public MessageSummary Summary { get; } = MessageSummary.Read(record.Summary);

    public ReadOnlyMemory<byte> Blob => blob;
}
