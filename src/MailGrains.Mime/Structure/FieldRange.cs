namespace MailGrains.Mime.Structure;

/// <summary>A stretch of the blob; length 0 where the message has none.</summary>
internal readonly record struct FieldRange(int Start, int Length)
{
    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> blob) => blob.Slice(Start, Length);
}
