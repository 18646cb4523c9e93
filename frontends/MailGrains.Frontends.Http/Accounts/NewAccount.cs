namespace MailGrains.Frontends.Http.Accounts;

/// <summary>POST /api/accounts. Without a password nobody can log in; mail is delivered.</summary>
public sealed record NewAccount(string Address, string? Password);
