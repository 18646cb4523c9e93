using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>An account made for one test.</summary>
public sealed record TestUser(AccountId Account, string Login, IMailboxGrain Mailbox);
