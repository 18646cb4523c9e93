namespace MailGrains.Frontends.Http.Evidence;

/// <param name="Reason">Why the log is rightly not the continuation of what was signed.</param>
internal sealed record BreakRequest(string? Reason);
