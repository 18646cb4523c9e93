using MailGrains.Model;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

internal static class MailboxLookup
{
    /// <summary>The mailbox's row number, or null when it was never claimed.</summary>
    public static long? Find(this MailboxNumbers mailboxes, SqliteDatabase database, AccountId account)
    {
        if (mailboxes.TryFind(account, out var known)) return known;
        if (database.Statement("FindMailbox").Bind(1, account).RunScalar() is not { } number) return null;
        mailboxes.Add(account, number);
        return number;
    }
}
