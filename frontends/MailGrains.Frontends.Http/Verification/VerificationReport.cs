namespace MailGrains.Frontends.Http.Verification;

/// <summary>What was looked at, and what was found.</summary>
public sealed record VerificationReport(
    string Account, int Folders, long Messages, long Octets, long Events, bool Repaired, IReadOnlyList<MailboxProblem> Problems);
