using MailGrains.Model;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>What a set of entries adds to a folder's counters.</summary>
internal struct Tally
{
    public int Messages { get; private set; }

    public int Unseen { get; private set; }

    public int Deleted { get; private set; }

    public long Bytes { get; private set; }

    public void Add(MessageFlags flags, uint size)
    {
        Messages++;
        if (!flags.Has(MessageFlags.Seen)) Unseen++;
        if (flags.Has(MessageFlags.Deleted)) Deleted++;
        Bytes += size;
    }

    public void Change(MessageFlags before, MessageFlags after)
    {
        Unseen += Count(before, MessageFlags.Seen) - Count(after, MessageFlags.Seen);
        Deleted += Count(after, MessageFlags.Deleted) - Count(before, MessageFlags.Deleted);
    }

    public readonly FolderRow AddTo(FolderRow row) => row with
    {
        Messages = row.Messages + Messages,
        Unseen = row.Unseen + Unseen,
        Deleted = row.Deleted + Deleted,
        SizeBytes = row.SizeBytes + Bytes,
    };

    public readonly FolderRow TakeFrom(FolderRow row) => row with
    {
        Messages = row.Messages - Messages,
        Unseen = row.Unseen - Unseen,
        Deleted = row.Deleted - Deleted,
        SizeBytes = row.SizeBytes - Bytes,
    };

    private static int Count(MessageFlags flags, MessageFlags flag) => flags.Has(flag) ? 1 : 0;
}
