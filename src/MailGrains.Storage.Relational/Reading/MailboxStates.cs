using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.Relational.Reading;

/// <summary>Whole mailboxes, as the four statements that read them give them: heads, folders, keywords, subscriptions.</summary>
internal static class MailboxStates
{
    /// <summary>The mailboxes there are, with their row numbers; the reader stands before the result of the heads.</summary>
    public static async Task<Dictionary<AccountId, (long Number, MailboxClaim State)>> ReadAsync(
        DbDataReader reader, CancellationToken cancellation)
    {
        var heads = await Rows.AllAsync(
            reader, r => (Account: Rows.Account(r, 0), Number: r.GetInt64(1), Epoch: r.GetInt64(2), Head: Rows.Head(r, 3)), cancellation);
        var folders = await NextAsync(reader, r => Rows.Folder(r, 1), cancellation);
        var keywords = await NextAsync(reader, r => r.GetString(1), cancellation);
        var subscriptions = await NextAsync(reader, r => r.GetString(1), cancellation);
        return heads.ToDictionary(
            h => h.Account,
            h => (h.Number, new MailboxClaim(
                h.Account, h.Epoch, h.Head, [.. folders[h.Account]], [.. keywords[h.Account]], [.. subscriptions[h.Account]])));
    }

    private static async Task<ILookup<AccountId, T>> NextAsync<T>(
        DbDataReader reader, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        var rows = await Rows.AllAsync(reader, r => (Account: Rows.Account(r, 0), Row: read(r)), cancellation);
        return rows.ToLookup(r => r.Account, r => r.Row);
    }
}
