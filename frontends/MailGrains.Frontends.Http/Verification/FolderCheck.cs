using MailGrains.Frontends.Http.Messages;
using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Mime;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Model.Summary;

namespace MailGrains.Frontends.Http.Verification;

/// <summary>The comparisons of <see cref="MailboxVerification"/> that need no I/O.</summary>
internal static class FolderCheck
{
    /// <summary>The totals against the counters of all folders, of the same moment.</summary>
    public static IEnumerable<MailboxProblem> Compare(MailboxTotals totals, FolderStatusList folders)
    {
        var messages = folders.Items.Sum(f => f?.Messages ?? 0L);
        var octets = folders.Items.Sum(f => f?.SizeBytes ?? 0L);
        if (totals.Messages != messages) yield return new MailboxProblem(null, null, $"it has {totals.Messages} messages in all, its folders have {messages}");
        if (totals.SizeBytes != octets) yield return new MailboxProblem(null, null, $"it has {totals.SizeBytes} octets in all, its folders have {octets}");
    }

    /// <summary>A folder's counters against its entries; nothing is said without counters.</summary>
    public static IEnumerable<MailboxProblem> Compare(string folder, FolderStatus? status, MessageRows rows)
    {
        if (status is null) yield break;
        uint unseen = 0, deleted = 0, previous = 0;
        long size = 0, modSeq = 0;
        foreach (var row in rows)
        {
            if (row.Uid <= previous) yield return new MailboxProblem(folder, row.Uid, "its UID is not above the one before");
            previous = row.Uid;
            if (!row.Flags.Has(MessageFlags.Seen)) unseen++;
            if (row.Flags.Has(MessageFlags.Deleted)) deleted++;
            size += row.Size;
            modSeq = Math.Max(modSeq, row.ModSeq);
        }

        foreach (var (name, kept, counted) in new (string, long, long)[]
        {
            ("MESSAGES", status.Messages, rows.Count),
            ("UNSEEN", status.Unseen, unseen),
            ("DELETED", status.Deleted, deleted),
            ("SIZE", status.SizeBytes, size),
        })
            if (kept != counted) yield return new MailboxProblem(folder, null, $"{name} is {kept}, counted {counted}");
        if (previous >= status.UidNext) yield return new MailboxProblem(folder, previous, $"its UID is not below UIDNEXT {status.UidNext}");
        if (modSeq > status.HighestModSeq) yield return new MailboxProblem(folder, null, $"a MODSEQ {modSeq} is above HIGHESTMODSEQ {status.HighestModSeq}");
    }

    /// <summary>An entry against its content; null when all is well.</summary>
    public static string? Examine(MessageRow row, StoredMessage message)
    {
        if (BlobId.Of(message.Body.Span) != message.Record.Blob) return "its octets do not have the SHA-256 they are kept under";
        if (message.Length != row.Size) return $"RFC822.SIZE is {row.Size}, the message has {message.Length} octets";
        try
        {
            if (MessageSummary.Read(message.Record.Summary).BlobLength != message.Body.Length) return "its summary describes another message";
            return SummaryBuilder.BuildEncoded(message.Body.Span).AsSpan().SequenceEqual(message.Record.Summary.Span)
                ? null
                : "its summary is not that of its body";
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidDataException)
        {
            return "its summary is damaged";
        }
    }
}
