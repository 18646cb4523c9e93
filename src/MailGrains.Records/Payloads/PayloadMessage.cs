using MailGrains.Model;

namespace MailGrains.Records.Payloads;

/// <summary>One element of <c>messages</c>: a message that came, or a set of messages something was done with.</summary>
internal sealed class PayloadMessage
{
    public uint? Uid { get; set; }

    public long? Email { get; set; }

    public BlobId? Blob { get; set; }

    public ReadOnlyMemory<byte> Prefix { get; set; }

    public string? MessageId { get; set; }

    public long Size { get; set; }

    public DateTimeOffset InternalDate { get; set; }

    public UidSet? Uids { get; set; }

    public UidSet? OldUids { get; set; }

    /// <summary>As they are written, separated by blanks.</summary>
    public string? FlagsAfter { get; set; }
}
