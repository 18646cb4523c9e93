using System.Buffers;
using System.Collections.Immutable;
using MailGrains.Imap.Syntax;
using MailGrains.Wire;

namespace MailGrains.Imap;

/// <summary>
/// Walks through one APPEND, handing over what is known of each message before its octets are read, so that mailbox,
/// limits and quota can be checked before the upload.
/// <code>
/// append = "APPEND" SP mailbox 1*append-message                              RFC 9051 section 6.3.12, RFC 3502
/// append-message = [SP flag-list] [SP date-time] SP append-data
/// append-data = literal / literal8 / "UTF8" SP "(" literal8 ")"              RFC 3516, RFC 6855
/// </code>
/// The loop: <see cref="Begin"/>; while a step says Message: send <c>+ OK</c> if it needs that, take exactly the octets
/// announced, <see cref="Next"/>. Once <see cref="Error"/> is set (here or by <see cref="Fail"/>) a synchronizing literal ends
/// the command, a non-synchronizing one is still announced and must be drained.
/// </summary>
public sealed class ImapAppendReader(ImapLimits limits, ImapParseOptions options)
{
    private static readonly ImapError TooBig = ImapError.No("Message too big", ResponseCodes.TooBig);
    private static readonly ImapError TooMany = ImapError.No("Too many messages", ResponseCodes.Limit);

    private long _total;
    private int _messages;
    private long _scanned;
    private bool _closeParenthesis;

    /// <summary>The command's tag; null when it is unusable.</summary>
    public string? Tag { get; private set; }

    public MailboxName Mailbox { get; private set; }

    /// <summary>Why the command fails, once it does; the first reason stays.</summary>
    public ImapError? Error { get; private set; }

    /// <summary>
    /// Notes that the command fails, for a reason the caller knows (no such mailbox, over quota). Give the step that was
    /// just returned: the result is what to do instead.
    /// </summary>
    public AppendStep Fail(ImapError error, AppendStep step)
    {
        Error ??= error;
        if (step.Status != AppendStatus.Message) return step;
        return step.Message is { NeedsContinuation: true }
            ? new AppendStep(AppendStatus.End, step.Bytes)
            : step with { Message = null };
    }

    /// <summary>Takes the bytes of an <see cref="ImapReadStatus.Append"/>.</summary>
    public AppendStep Begin(in ReadOnlySequence<byte> command)
    {
        var line = command.IsSingleSegment ? command.FirstSpan : command.ToArray();
        var prefix = CommandPrefix.Parse(line);
        Tag = prefix.Tag;
        var scanner = new ImapScanner(line[..^2], options);
        scanner.Skip(prefix.ArgumentsAt);
        Mailbox = scanner.Mailbox();
        return Step(command, line, ref scanner);
    }

    /// <summary>
    /// Reads what stands behind a message's octets, which the caller has consumed: the end of the command or the next message.
    /// </summary>
    public AppendStep Next(in ReadOnlySequence<byte> buffer)
    {
        var end = LineFinder.FindEnd(buffer, Math.Max(0, _scanned - 1));
        if ((end < 0 ? buffer.Length : end) > limits.MaxLine)
        {
            Error ??= new ImapError(ImapCondition.Bad, "Command line too long", ResponseCodes.TooBig);
            return new AppendStep(AppendStatus.Bye, buffer);
        }

        if (end < 0)
        {
            _scanned = buffer.Length;
            return new AppendStep(AppendStatus.NeedMore);
        }

        _scanned = 0;
        var bytes = buffer.Slice(0, end);
        var line = bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();
        var scanner = new ImapScanner(line[..^2], options);
        if (_closeParenthesis) scanner.Expect((byte)')');
        _closeParenthesis = false;
        if (!scanner.Failed && scanner.AtEnd) return new AppendStep(AppendStatus.End, bytes);
        return Step(bytes, line, ref scanner);
    }

    /// <summary>append-message, up to the header of its literal</summary>
    private AppendStep Step(in ReadOnlySequence<byte> bytes, ReadOnlySpan<byte> line, ref ImapScanner scanner)
    {
        var header = LiteralHeader.Parse(line[..^2]);
        scanner.Space();
        ImmutableArray<string> flags = [];
        if (scanner.Peek == '(')
        {
            flags = FlagList.Parse(ref scanner);
            scanner.Space();
        }

        DateTimeOffset? date = null;
        if (scanner.Peek == '"')
        {
            date = scanner.DateTime();
            scanner.Space();
        }

        var utf8 = scanner.TryWord("UTF8"u8);
        if (utf8)
        {
            scanner.Space();
            scanner.Expect((byte)'(');
            if (!header.IsLiteral8) scanner.Fail("UTF8 needs a literal8");
        }

        var atLiteral = header.Kind != LiteralKind.None && scanner.Remaining == header.Length;
        if (!scanner.Failed && !atLiteral) scanner.Fail("Expected a literal");
        _closeParenthesis = utf8;
        var refused = Check(header);
        Error ??= scanner.Error ?? refused;
        var waits = header.Kind == LiteralKind.Synchronizing;
        return After(bytes, header, new AppendMessage(flags, date, header.Octets, header.IsLiteral8, utf8, waits));
    }

    private ImapError? Check(LiteralHeader header)
    {
        _total += header.Octets;
        if (++_messages > limits.MaxAppendMessages) return TooMany;
        if (header.Octets > limits.MaxAppend || _total > limits.MaxAppendTotal) return TooBig;
        return header.Octets == 0 ? ImapError.No("An empty message cannot be appended") : null;
    }

    private AppendStep After(in ReadOnlySequence<byte> bytes, LiteralHeader header, AppendMessage message)
    {
        if (header.Kind == LiteralKind.Malformed) return new AppendStep(AppendStatus.Bye, bytes);
        if (header.Kind == LiteralKind.NonSynchronizing && IsTooMuchToDrain(header))
        {
            Error ??= TooBig;
            return new AppendStep(AppendStatus.Bye, bytes);
        }

        if (Error is null) return new AppendStep(AppendStatus.Message, bytes, message, header.Octets);
        return header.Kind == LiteralKind.NonSynchronizing
            ? new AppendStep(AppendStatus.Message, bytes, null, header.Octets)
            : new AppendStep(AppendStatus.End, bytes);
    }

    private bool IsTooMuchToDrain(LiteralHeader header) =>
        _messages > limits.MaxAppendMessages
        || header.Octets > limits.MaxNonSynchronizingLiteral || header.Octets > limits.MaxAppend || _total > limits.MaxAppendTotal;
}
