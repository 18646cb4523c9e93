namespace MailGrains.Cli.Api;

internal sealed record ImportReport(int Created, int Existing, IReadOnlyList<ImportFailure> Failures);
