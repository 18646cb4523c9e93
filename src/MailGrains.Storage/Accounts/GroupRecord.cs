using MailGrains.Model.Accounts;

namespace MailGrains.Storage.Accounts;

/// <param name="Name">Unique, compared octet by octet.</param>
/// <param name="Address">Canonical; mail to it goes to all members. Null: no mail.</param>
public sealed record GroupRecord(GroupId Id, string Name, string? Address, DateTimeOffset CreatedAt);
