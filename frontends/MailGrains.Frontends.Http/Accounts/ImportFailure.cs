namespace MailGrains.Frontends.Http.Accounts;

/// <param name="Row">From 0, in the request.</param>
public sealed record ImportFailure(int Row, string Message);
