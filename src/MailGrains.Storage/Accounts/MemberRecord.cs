using MailGrains.Model.Accounts;

namespace MailGrains.Storage.Accounts;

/// <param name="Name">The account's login or the group's name, as it is now.</param>
public sealed record MemberRecord(MemberId Member, string Name);
