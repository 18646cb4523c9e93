namespace MailGrains.Frontends.Http.Accounts;

/// <summary>POST /api/accounts, and a row of an import. Without a password nobody can log in; mail is delivered.</summary>
public sealed record AccountRequest(string Address, string? Password);
