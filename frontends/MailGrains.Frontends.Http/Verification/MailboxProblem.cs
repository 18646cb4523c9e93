namespace MailGrains.Frontends.Http.Verification;

/// <summary>Something about a mailbox that is not as it must be.</summary>
/// <param name="Folder">null when it concerns the mailbox as a whole.</param>
/// <param name="Uid">null when it concerns the folder as a whole.</param>
public sealed record MailboxProblem(string? Folder, uint? Uid, string Problem);
