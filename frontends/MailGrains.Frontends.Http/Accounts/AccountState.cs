namespace MailGrains.Frontends.Http.Accounts;

/// <summary>PUT …/state.</summary>
public sealed record AccountState(bool Disabled);
