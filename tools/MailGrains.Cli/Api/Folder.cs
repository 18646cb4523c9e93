namespace MailGrains.Cli.Api;

internal sealed record Folder(string Path, string? SpecialUse, uint Messages, uint Unseen, long SizeBytes, uint UidValidity, uint UidNext, long HighestModSeq);
