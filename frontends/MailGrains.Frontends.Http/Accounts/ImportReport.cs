namespace MailGrains.Frontends.Http.Accounts;

/// <summary>What became of the rows of an import.</summary>
/// <param name="Existing">Accounts that were there already, with this address as login and this password.</param>
public sealed record ImportReport(int Created, int Existing, IReadOnlyList<ImportFailure> Failures);
