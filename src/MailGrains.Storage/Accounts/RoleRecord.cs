namespace MailGrains.Storage.Accounts;

/// <summary>That somebody holds a role.</summary>
public sealed record RoleRecord(string Role, MemberRecord Holder);
