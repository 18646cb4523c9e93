using System.Buffers;

namespace MailGrains.Lmtp;

/// <summary>
/// Finds command lines. A line ends with CRLF and with nothing else: a bare CR or LF stays inside the line, where the
/// parser refuses it, so that no two readers can disagree about where a command ends.
/// </summary>
public static class LmtpLine
{
    /// <summary>
    /// Octets of a line with its CRLF. RFC 5321 section 4.5.3.1.4 asks for 512, and the extensions served here add less
    /// than the rest.
    /// </summary>
    public const int MaxLength = 1000;

    /// <summary>
    /// Takes one line off the front of <paramref name="input"/>. <paramref name="line"/> is without its CRLF, and
    /// <paramref name="next"/> the position behind it. Incomplete input consumes nothing.
    /// </summary>
    public static LmtpLineStatus TryRead(in ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line, out SequencePosition next)
    {
        var reader = new SequenceReader<byte>(input.Length > MaxLength ? input.Slice(0, MaxLength) : input);
        if (reader.TryReadTo(out line, "\r\n"u8))
        {
            next = reader.Position;
            return LmtpLineStatus.Complete;
        }

        next = input.Start;
        return input.Length >= MaxLength ? LmtpLineStatus.TooLong : LmtpLineStatus.Incomplete;
    }

    /// <summary>
    /// Skips the rest of a line that was too long. True when its end was found; <paramref name="next"/> says how far to
    /// advance in either case (a CR at the very end is kept, its LF may follow).
    /// </summary>
    public static bool TrySkip(in ReadOnlySequence<byte> input, out SequencePosition next)
    {
        var reader = new SequenceReader<byte>(input);
        if (reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n"u8))
        {
            next = reader.Position;
            return true;
        }

        var keepCr = input.Length > 0 && input.Slice(input.Length - 1).FirstSpan[0] == '\r';
        next = keepCr ? input.GetPosition(input.Length - 1) : input.End;
        return false;
    }
}
