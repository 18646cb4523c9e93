namespace MailGrains.Frontends.Http.Directory;

/// <summary>PUT /api/domains/{name}.</summary>
public sealed record DomainState(bool Disabled);
