using System.Buffers;
using MailGrains.Imap.Syntax;
using MailGrains.Wire;

namespace MailGrains.Imap;

/// <summary>
/// Cuts a client's octets into commands (RFC 9051 section 2.2.1): lines, and literals within their limits. Pure and
/// resumable: it owns no octets, only remembers how far it has looked into a buffer that always begins with the
/// command's first octet. Until a command is whole nothing is consumed.
/// </summary>
public sealed class ImapCommandReader
{
    private const int MaxCommandPrefix = CommandPrefix.MaxTag + 16;

    private static readonly ImapError TooLong = new(ImapCondition.Bad, "Command line too long", ResponseCodes.TooBig);

    private static readonly ImapError LiteralTooBig = ImapError.No("Literal too big", ResponseCodes.TooBig);

    private long _lineStart;
    private long _scanned;
    private long _lineOctets;
    private long _literalOctets;

    /// <summary>
    /// Reads on. <paramref name="buffer"/> begins at the first octet not consumed yet; <paramref name="limits"/> may differ
    /// from command to command (before and after login).
    /// </summary>
    public ImapReadResult Read(in ReadOnlySequence<byte> buffer, ImapLimits limits)
    {
        while (buffer.Length >= _lineStart)
        {
            var end = LineFinder.FindEnd(buffer, Math.Max(_lineStart, _scanned - 1));
            var lineLength = (end < 0 ? buffer.Length : end) - _lineStart;
            if (_lineOctets + lineLength > limits.MaxLine) return Refuse(buffer, buffer.Length, TooLong, bye: true);
            if (end < 0)
            {
                _scanned = buffer.Length;
                return new ImapReadResult(ImapReadStatus.NeedMore);
            }

            var header = ReadHeader(buffer, end);
            if (header.Kind == LiteralKind.None) return Complete(ImapReadStatus.Command, buffer, end);
            if (header.Kind == LiteralKind.Malformed) return Refuse(buffer, end, ImapError.Bad("Malformed literal"), bye: true);
            if (limits.MaxAppend > 0 && IsAppendMessage(buffer, end, header)) return Complete(ImapReadStatus.Append, buffer, end);
            if (Check(header, limits) is { } error) return Refuse(buffer, end, error, header.Kind == LiteralKind.NonSynchronizing);

            _lineOctets += lineLength;
            _literalOctets += header.Octets;
            _lineStart = _scanned = end + header.Octets;
            if (header.Kind == LiteralKind.Synchronizing)
                return new ImapReadResult(ImapReadStatus.Continuation, LiteralOctets: header.Octets);
        }

        return new ImapReadResult(ImapReadStatus.NeedMore);
    }

    /// <summary>
    /// Reads one bare line: the answer to an AUTHENTICATE challenge, or DONE. A status of Command hands over the line with
    /// its CRLF; literals mean nothing here.
    /// </summary>
    public ImapReadResult ReadLine(in ReadOnlySequence<byte> buffer, ImapLimits limits)
    {
        var end = LineFinder.FindEnd(buffer, Math.Max(0, _scanned - 1));
        if ((end < 0 ? buffer.Length : end) > limits.MaxLine)
        {
            Reset();
            return new ImapReadResult(ImapReadStatus.Refused, buffer, Refusal: new ImapRefusal(null, TooLong, Bye: true));
        }

        if (end >= 0) return Complete(ImapReadStatus.Command, buffer, end);
        _scanned = buffer.Length;
        return new ImapReadResult(ImapReadStatus.NeedMore);
    }

    private ImapError? Check(LiteralHeader header, ImapLimits limits)
    {
        if (header.Kind == LiteralKind.NonSynchronizing && header.Octets > limits.MaxNonSynchronizingLiteral) return LiteralTooBig;
        if (header.Octets > limits.MaxLiteral) return LiteralTooBig;
        return _literalOctets + header.Octets > limits.MaxLiteralTotal ? LiteralTooBig : null;
    }

    private LiteralHeader ReadHeader(in ReadOnlySequence<byte> buffer, long end)
    {
        var length = (int)Math.Min(end - 2 - _lineStart, LiteralHeader.MaxLength);
        if (length <= 0) return default;
        Span<byte> tail = stackalloc byte[LiteralHeader.MaxLength];
        buffer.Slice(end - 2 - length, length).CopyTo(tail);
        return LiteralHeader.Parse(tail[..length]);
    }

    /// <summary>
    /// append = "APPEND" SP mailbox …: a literal right behind the space is the mailbox, every other one is a message.
    /// </summary>
    private static bool IsAppendMessage(in ReadOnlySequence<byte> buffer, long end, LiteralHeader header)
    {
        Span<byte> start = stackalloc byte[MaxCommandPrefix];
        var length = (int)Math.Min(buffer.Length, start.Length);
        buffer.Slice(0, length).CopyTo(start);
        var prefix = CommandPrefix.Parse(start[..length]);
        if (!prefix.VerbIs("APPEND"u8)) return false;
        return end - 2 - header.Length != prefix.ArgumentsAt;
    }

    private ImapReadResult Complete(ImapReadStatus status, in ReadOnlySequence<byte> buffer, long end)
    {
        Reset();
        return new ImapReadResult(status, buffer.Slice(0, end));
    }

    private ImapReadResult Refuse(in ReadOnlySequence<byte> buffer, long end, ImapError error, bool bye)
    {
        Reset();
        Span<byte> start = stackalloc byte[MaxCommandPrefix];
        var length = (int)Math.Min(buffer.Length, start.Length);
        buffer.Slice(0, length).CopyTo(start);
        var refusal = new ImapRefusal(CommandPrefix.Parse(start[..length]).Tag, error, bye);
        return new ImapReadResult(ImapReadStatus.Refused, buffer.Slice(0, end), Refusal: refusal);
    }

    private void Reset() => _lineStart = _scanned = _lineOctets = _literalOctets = 0;
}
