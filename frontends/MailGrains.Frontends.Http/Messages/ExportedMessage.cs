namespace MailGrains.Frontends.Http.Messages;

/// <summary>The line of JSON before each exported message.</summary>
/// <param name="InternalDate">Seconds since 1970, UTC.</param>
/// <param name="Size">Octets that follow the line; null: the message can't be read, and none follow.</param>
public sealed record ExportedMessage(uint Uid, IReadOnlyList<string> Flags, long InternalDate, long? Size, string? Problem);
