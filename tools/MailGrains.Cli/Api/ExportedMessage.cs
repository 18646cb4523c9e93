namespace MailGrains.Cli.Api;

internal sealed record ExportedMessage(uint Uid, IReadOnlyList<string> Flags, long InternalDate, long? Size, string? Problem);
