using System.Text;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Records;

namespace MailGrains.Grains.Tests.Records;

/// <summary>A mailbox as text: as a client sees it now, and as the records have it at a moment.</summary>
internal static class MailboxView
{
    public static async Task<string> NowAsync(IMailboxGrain grain, SessionId session)
    {
        var text = new StringBuilder();
        foreach (var folder in (await grain.ListAsync()).Folders.OrderBy(f => f.Id.Value))
        {
            var selected = await grain.SelectAsync(session, new SelectRequest(folder.Path, ReadOnly: true));
            text.AppendLine($"{folder.Id} {selected.UidValidity} {folder.Path} {folder.SpecialUse}");
            var found = await grain.RowsAsync(session, new RowsRequest(NumberSet.All, ByUid: true, UpdateScope.All));
            foreach (var row in found.Rows) Append(text, row.Uid, row.EmailId, row.Size, found.Keywords.Names(row.Flags));
        }

        return text.ToString();
    }

    public static async Task<string> AsOfAsync(MailboxRecords records, AccountId account, Moment moment)
    {
        var text = new StringBuilder();
        foreach (var folder in await records.FoldersAsync(account, moment, CancellationToken.None))
        {
            text.AppendLine($"{folder.Folder} {folder.UidValidity} {folder.Path} {folder.SpecialUse}");
            await foreach (var entry in records.MessagesAsync(account, moment, folder.Folder, CancellationToken.None))
                Append(text, entry.Uid, entry.Email, entry.Size, entry.Flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, uint uid, EmailId email, long size, IEnumerable<string> flags) =>
        text.AppendLine($"  {uid} {email} {size} {string.Join(' ', flags.Order(StringComparer.Ordinal))}");
}
