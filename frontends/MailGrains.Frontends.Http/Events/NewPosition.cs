namespace MailGrains.Frontends.Http.Events;

/// <param name="To">beginning, now, a position, or a time.</param>
public sealed record NewPosition(string To);
