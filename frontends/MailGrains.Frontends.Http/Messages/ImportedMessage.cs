namespace MailGrains.Frontends.Http.Messages;

public sealed record ImportedMessage(uint UidValidity, uint Uid);
