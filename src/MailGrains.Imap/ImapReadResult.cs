using System.Buffers;

namespace MailGrains.Imap;

/// <summary>The outcome of one <see cref="ImapCommandReader.Read"/>.</summary>
/// <param name="Status">Which of the outcomes.</param>
/// <param name="Bytes">
/// The octets this outcome is about; the caller parses them, then consumes up to their end. Empty where nothing is consumed.
/// </param>
/// <param name="LiteralOctets">With Continuation: how many octets the client will send.</param>
/// <param name="Refusal">With Refused: what to answer.</param>
public readonly record struct ImapReadResult(
    ImapReadStatus Status,
    ReadOnlySequence<byte> Bytes = default,
    int LiteralOctets = 0,
    ImapRefusal? Refusal = null);
