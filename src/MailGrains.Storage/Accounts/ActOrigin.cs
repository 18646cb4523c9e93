namespace MailGrains.Storage.Accounts;

/// <summary>Who changes the directory, for the event the change makes.</summary>
/// <param name="Actor">The administrator's name, where the caller gave it.</param>
/// <param name="Client">The address the administrator came from.</param>
/// <param name="At">When; kept to the microsecond.</param>
public sealed record ActOrigin(string? Actor, string? Client, DateTimeOffset At);
