namespace MailGrains.Frontends.Http.Archive;

/// <param name="ForUsers">How long after they deleted a message users can bring it back themselves.</param>
public sealed record RestoreWindow(TimeSpan ForUsers);
