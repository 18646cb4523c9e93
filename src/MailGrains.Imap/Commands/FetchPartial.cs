namespace MailGrains.Imap.Commands;

/// <summary>partial = "&lt;" number64 "." nz-number64 "&gt;" (RFC 9051 section 9). Offset + Count may exceed any body, and Int64.</summary>
public readonly record struct FetchPartial(long Offset, long Count)
{
    /// <summary>The octets of a text of <paramref name="length"/> that this asks for; empty behind its end.</summary>
    public (long Offset, long Count) Of(long length)
    {
        var offset = Math.Min(Offset, length);
        return (offset, Math.Min(Count, length - offset));
    }
}
