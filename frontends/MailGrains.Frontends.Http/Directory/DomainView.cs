namespace MailGrains.Frontends.Http.Directory;

public sealed record DomainView(string Name, bool Disabled);
