namespace MailGrains.Storage.Accounts;

/// <param name="Name">Canonical, in ASCII.</param>
/// <param name="Disabled">Its addresses take no mail, and nobody can log in by them.</param>
public sealed record DomainRecord(string Name, bool Disabled);
