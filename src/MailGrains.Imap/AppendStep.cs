using System.Buffers;

namespace MailGrains.Imap;

/// <summary>One step through APPEND.</summary>
/// <param name="Status">What comes next.</param>
/// <param name="Bytes">The octets of this step; consume up to their end. Empty with NeedMore.</param>
/// <param name="Message">With Message: what is known of it. Null when it only is to be drained.</param>
/// <param name="Octets">With Message: how many octets follow, to be read or drained before the next step.</param>
public readonly record struct AppendStep(
    AppendStatus Status,
    ReadOnlySequence<byte> Bytes = default,
    AppendMessage? Message = null,
    int Octets = 0);
