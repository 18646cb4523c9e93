using MailGrains.Imap.Commands;

namespace MailGrains.Imap;

/// <summary>A parsed command, or why it is none; exactly one of Command and Error is set.</summary>
/// <param name="Tag">Null when the line had no usable tag: answer <c>* BAD</c>.</param>
/// <param name="Command">The command; an <see cref="UnknownCommand"/> when its verb is unknown.</param>
/// <param name="Error">The refusal.</param>
public readonly record struct ImapParseResult(string? Tag, ImapCommand? Command, ImapError? Error);
