using MailGrains.Evidence.Signing;

namespace MailGrains.Frontends.Http.Evidence;

/// <summary>A head of the log that was signed.</summary>
/// <param name="Time">When; null for one that this key didn't sign.</param>
/// <param name="Events">In all partitions.</param>
/// <param name="Break">The reason with which an administrator accepted that it doesn't continue the one before.</param>
/// <param name="Note">The signed note, to be kept as it is.</param>
/// <param name="TimeStamp">A token (RFC 3161), to be kept as it is.</param>
internal sealed record HeadView(long Number, DateTimeOffset? Time, int Partitions, long Events, string? Break, string Note, byte[]? TimeStamp)
{
    public static HeadView Of(long number, LogHead? head, ReadOnlyMemory<byte> note, ReadOnlyMemory<byte>? stamp) => new(
        number,
        head?.Time,
        head?.Partitions.Count ?? 0,
        head?.Partitions.Sum(p => p.Size) ?? 0,
        head?.Break?.Reason,
        System.Text.Encoding.UTF8.GetString(note.Span),
        stamp?.ToArray());
}
