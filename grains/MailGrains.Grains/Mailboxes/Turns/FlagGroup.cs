using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>Messages that had the same flags before a STORE and have the same flags after it.</summary>
internal sealed record FlagGroup(MessageFlags Before, MessageFlags After, UidSetBuilder Uids);
