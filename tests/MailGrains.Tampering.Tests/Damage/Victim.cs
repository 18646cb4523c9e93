using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>
/// A mailbox that somebody tampers with. INBOX has UIDs 1 and 4, with contents 1 and 4; Archive has UID 1, content 2; Projects has UIDs 1 and 2, contents 1
/// and 2, and is subscribed to as Work, which it was called before. UID 1 of INBOX has \Seen and $Important, UID 4
/// \Draft and $Later.
/// </summary>
internal sealed record Victim(DatabaseCopy Copy, AccountId Account, long Number, IReadOnlyList<EventRecord> Events)
{
    public const int Inbox = 1;
    public const int Archive = 6;
    public const int Projects = 7;

    public long Last => Events[^1].Event.Sequence;

    /// <summary>Conditions for its rows.</summary>
    public string Row => $"no = {Number}";

    public string Own => $"mailbox = {Number}";

    public string Folder(int id) => $"mailbox = {Number} AND id = {id}";

    public string Pages(int folder) => Copy.PagesOf(Number, folder);

    public string Email(long email) => Copy.EmailAt(Number, email);

    public static async Task<Victim> OfAsync(DatabaseCopy copy, LogFacts facts, string address)
    {
        var account = facts.AccountOf(address);
        return new Victim(copy, account, await copy.MailboxAsync(account), [.. facts.Of(account)]);
    }
}
