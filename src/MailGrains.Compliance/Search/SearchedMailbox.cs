using MailGrains.Model;

namespace MailGrains.Compliance.Search;

/// <summary>A mailbox that is searched, and how far back or forth.</summary>
/// <param name="Number">Of the custodian in the case.</param>
/// <param name="Sequence">The last event that counts.</param>
/// <param name="IsAsOf">Only what was there after that event; otherwise all that had ever been there by then.</param>
public sealed record SearchedMailbox(int Number, AccountId Account, string Address, long Sequence, bool IsAsOf);
