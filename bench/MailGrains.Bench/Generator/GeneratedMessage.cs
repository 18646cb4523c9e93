namespace MailGrains.Bench.Generator;

/// <summary>One message of a generated mailbox: the exact bytes with CRLF line ends, and what a mailbox holds beside them.</summary>
/// <param name="Index">Position in the mailbox, from 0, in order of date.</param>
/// <param name="Bytes">RFC 5322 message; always ends in CRLF; lines of at most 998 bytes.</param>
/// <param name="Date">When it arrived (INTERNALDATE).</param>
/// <param name="Flags">System flags and keywords, such as <c>\Seen</c>.</param>
/// <param name="Sender">Envelope sender, without angle brackets.</param>
public sealed record GeneratedMessage(int Index, byte[] Bytes, DateTimeOffset Date, IReadOnlyList<string> Flags, string Sender);
