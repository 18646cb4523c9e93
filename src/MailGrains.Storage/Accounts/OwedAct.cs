namespace MailGrains.Storage.Accounts;

/// <summary>An administrative act that is owed to the log of the account's mailbox.</summary>
/// <param name="Version">The account's version after the act.</param>
/// <param name="Type">Name of the event.</param>
/// <param name="Address">The address it concerns.</param>
/// <param name="Actor">The administrator's name, where the caller gave it.</param>
/// <param name="Client">The address the administrator came from.</param>
public sealed record OwedAct(long Version, string Type, string? Address, string? Actor, string? Client);
