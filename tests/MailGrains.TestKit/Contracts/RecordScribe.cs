using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.TestKit.Contracts;

/// <summary>Writes the events of one mailbox into a store of records, a minute apart.</summary>
public sealed class RecordScribe(IRecordStore store, AccountId account, int partition = 0)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 123, 456, TimeSpan.Zero);
    public static readonly FolderId Inbox = new(1);
    public static readonly FolderId Archive = new(2);

    public AccountId Account => account;

    public long Sequence { get; private set; }

    /// <summary>When the event with this sequence happens, unless another time is said.</summary>
    public static DateTimeOffset TimeOf(long sequence) => Start.AddMinutes(sequence);

    public static RecordedAct Act(long sequence, string type, string? actor = "ada") => new(sequence, TimeOf(sequence), type, actor);

    public static UidSet Uids(params uint[] uids) => UidSet.FromAscending(uids);

    public static EntryArrived Arrival(
        uint uid, FolderId? folder = null, string flags = "", BlobId? blob = null, string? messageId = null, long? email = null) => new(
        EntryOrigin.New, folder ?? Inbox, 100, uid, new EmailId(email ?? uid), blob ?? BlobOf(uid), "Return-Path: <>\r\n"u8.ToArray(),
        messageId ?? $"{uid}@example.org", 1000 + uid, Start.AddDays(-1).AddTicks(-(Start.Ticks % TimeSpan.TicksPerSecond)), flags);

    public static BlobId BlobOf(uint number) => BlobId.Of([(byte)number, (byte)(number >> 8), 1]);

    public static FolderNamed Named(FolderId folder, string path) => new(folder, 100, path, null, null);

    /// <summary>One event in a batch of its own; returns its sequence.</summary>
    public async Task<long> WriteAsync(string type, params RecordChange[] changes) => await WriteAsync(TimeOf(Sequence + 1), type, changes);

    public async Task<long> WriteAsync(DateTimeOffset at, string type, params RecordChange[] changes)
    {
        var progress = await store.ReadProgressAsync("records", partition, CancellationToken.None);
        var happened = new RecordedEvent(account, ++Sequence, at, type, "ada", changes);
        var batch = new RecordBatch("records", partition, progress, progress + 1, [happened]);
        if (!await store.ApplyAsync(batch, CancellationToken.None)) throw new InvalidOperationException("Somebody else wrote.");
        return Sequence;
    }
}
