namespace MailGrains.Frontends.Http.Directory;

/// <summary>POST /api/groups. Without an address it takes no mail.</summary>
public sealed record GroupRequest(string Name, string? Address);
