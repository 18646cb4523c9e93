using System.Collections.Immutable;
using MailGrains.Lmtp;
using MailGrains.Model;

namespace MailGrains.Frontends.Lmtp;

/// <summary>An accepted recipient.</summary>
/// <param name="Path">As the client gave it; replies and trace lines use this form.</param>
/// <param name="Accounts">Whose mailboxes get the message: one, or all of a group.</param>
/// <param name="Detail">The part behind '+', null when there is none.</param>
internal sealed record LmtpRecipient(MailPath Path, ImmutableArray<AccountId> Accounts, string? Detail);
