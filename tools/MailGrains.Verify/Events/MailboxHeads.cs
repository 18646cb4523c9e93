using System.Runtime.InteropServices;

namespace MailGrains.Verify.Events;

/// <summary>Each mailbox's last event, to which its next must be linked. The only thing kept for all mailboxes: sequence, hash and partition.</summary>
internal sealed class MailboxHeads(Report report)
{
    private readonly Dictionary<Guid, (int Partition, long Sequence, Digest Hash)> _heads = [];

    /// <summary>Checks an event against the one before it of its mailbox.</summary>
    /// <param name="isWhole">The partition's events are there from the first on, so the mailbox's must be too.</param>
    public void Follow(int partition, EventRow row, bool isWhole)
    {
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(_heads, row.Account, out var isKnown);
        if (!isKnown)
        {
            report.Mailboxes++;
            head = (partition, row.Sequence, row.Hash);
            if (row.Sequence > 1 && isWhole) report.Problem(partition, row, $"the mailbox's sequences before {row.Sequence} are missing");
            if (row.Sequence == 1 && row.Previous != default) report.Problem(partition, row, "it is the mailbox's first and is linked to one before it");
            return;
        }

        if (head.Partition != partition)
        {
            report.Problem(partition, row, $"the mailbox's events are in partition {head.Partition}");
            return;
        }

        if (row.Sequence <= head.Sequence)
        {
            report.Problem(partition, row, $"it follows the mailbox's sequence {head.Sequence}: it is there twice, or in the wrong order");
            return;
        }

        if (row.Sequence > head.Sequence + 1)
            report.Problem(partition, row, $"the mailbox's sequences {head.Sequence + 1} to {row.Sequence - 1} are missing before it");
        else if (row.Previous != head.Hash)
            report.Problem(partition, row, $"it is not linked to the mailbox's sequence {head.Sequence} before it: {row.Previous} instead of {head.Hash}");
        head = (partition, row.Sequence, row.Hash);
    }
}
