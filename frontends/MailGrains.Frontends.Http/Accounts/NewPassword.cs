namespace MailGrains.Frontends.Http.Accounts;

/// <summary>PUT …/password.</summary>
public sealed record NewPassword(string Password);
