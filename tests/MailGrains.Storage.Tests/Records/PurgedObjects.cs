using MailGrains.Model;
using MailGrains.Storage.Records;
using MailGrains.Storage.Relational.Records;
using MailGrains.TestKit.Contracts;
using Xunit;
using static MailGrains.TestKit.Contracts.RecordScribe;

namespace MailGrains.Storage.Tests.Records;

/// <summary>What the engines that keep objects beside the records owe retention.</summary>
internal static class PurgedObjects
{
    /// <summary>Of two contents of an object, one goes for good; the other was moved, so only its first entry goes.</summary>
    public static async Task GoWithTheirLastEntryAsync(RelationalRecords records)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var ada = new RecordScribe(records, AccountId.New(TimeProvider.System));
        await ada.WriteAsync("MailboxCreate", Named(Inbox, "INBOX"));
        await ada.WriteAsync("MailboxCreate", Named(Archive, "Archive"));
        await ada.WriteAsync("MessageNew", Arrival(1), Arrival(2));
        await ada.WriteAsync("MessageExpunge", new EntriesLeft(Inbox, Uids(1)));
        await ada.WriteAsync("MessageMove", new EntriesTransferred(Inbox, Archive, 100, [new TransferredRun(new UidRange(2, 2), 1)], Move: true));
        GroupwareRow[] rows = [.. new uint[] { 1, 2 }.Select(i => new GroupwareRow(ada.Account, GroupwareKind.Event, "meeting", new EmailId(i), BlobOf(i)))];
        await records.Objects.AddAsync(rows, cancellation);

        var entries = await records.ReadEntriesAsync(new EntriesQuery(ada.Account, 10) { Left = true }, cancellation);
        Assert.Equal(2, (await records.PurgeAsync([.. entries.Select(e => e.Number)], cancellation)).Count);

        Assert.Equal([rows[1]], await records.Objects.FindAsync(ada.Account, null, "meeting", 10, cancellation));
    }
}
