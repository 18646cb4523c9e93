namespace MailGrains.Cli.Api;

internal sealed record VerificationReport(
    string Account, int Folders, long Messages, long Octets, long Events, bool Repaired, IReadOnlyList<MailboxProblem> Problems);
