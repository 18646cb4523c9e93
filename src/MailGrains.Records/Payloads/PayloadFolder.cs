using MailGrains.Model;

namespace MailGrains.Records.Payloads;

/// <summary>The folder an event is about.</summary>
internal sealed record PayloadFolder(FolderId Id, uint UidValidity, string Path, string? SpecialUse, string? StateId);
