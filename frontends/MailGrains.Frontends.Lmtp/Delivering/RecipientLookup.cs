using MailGrains.Model;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <param name="Account">Null when nobody has the address.</param>
/// <param name="Disabled">The account exists and takes no mail.</param>
public readonly record struct RecipientLookup(AccountId? Account, bool Disabled);
