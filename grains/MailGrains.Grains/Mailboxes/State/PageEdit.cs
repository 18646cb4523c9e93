using System.Runtime.InteropServices;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>New versions of pages. Columns that stay the same are shared with the version before.</summary>
internal static class PageEdit
{
    /// <summary>The folder with entries added; their UIDs ascend and are above all that are there.</summary>
    public static FolderMessages Append(FolderMessages messages, ReadOnlySpan<NewEntry> entries)
    {
        var changed = new List<MessagePage>();
        while (entries.Length > 0)
        {
            var number = MessagePage.NumberOf(entries[0].Uid);
            var length = 1;
            while (length < entries.Length && MessagePage.NumberOf(entries[length].Uid) == number) length++;
            changed.Add(Append(messages.Page(number), number, entries[..length]));
            entries = entries[length..];
        }

        return messages.With(changed);
    }

    public static MessagePage WithFlags(MessagePage page, MessageFlags[] flags, long[] modSeqs) => new()
    {
        Number = page.Number,
        Uids = page.Uids,
        Flags = flags,
        ModSeqs = modSeqs,
        InternalDates = page.InternalDates,
        SaveDates = page.SaveDates,
        Sizes = page.Sizes,
        EmailIds = page.EmailIds,
    };

    /// <summary>The page with only the entries whose index is in <paramref name="kept"/>.</summary>
    public static MessagePage Keep(MessagePage page, ReadOnlySpan<int> kept) => new()
    {
        Number = page.Number,
        Uids = Pick(page.Uids, kept),
        Flags = Pick(page.Flags, kept),
        ModSeqs = Pick(page.ModSeqs, kept),
        InternalDates = Pick(page.InternalDates, kept),
        SaveDates = Pick(page.SaveDates, kept),
        Sizes = Pick(page.Sizes, kept),
        EmailIds = Pick(page.EmailIds, kept),
    };

    /// <summary>The entries of <paramref name="page"/> and those of <paramref name="other"/> whose UIDs it lacks.</summary>
    public static MessagePage Union(MessagePage page, MessagePage other)
    {
        var entries = new List<NewEntry>(MessagePage.Span);
        int i = 0, j = 0;
        while (i < page.Count || j < other.Count)
        {
            if (j == other.Count || (i < page.Count && page.Uids[i] <= other.Uids[j]))
            {
                if (j < other.Count && page.Uids[i] == other.Uids[j]) j++;
                entries.Add(EntryAt(page, i++));
            }
            else
            {
                entries.Add(EntryAt(other, j++));
            }
        }

        return Append(null, page.Number, CollectionsMarshal.AsSpan(entries));
    }

    public static NewEntry EntryAt(MessagePage page, int index) => new(
        page.Uids[index], page.Flags[index], page.ModSeqs[index], page.InternalDates[index], page.SaveDates[index],
        page.Sizes[index], new EmailId(page.EmailIds[index]));

    private static MessagePage Append(MessagePage? page, int number, ReadOnlySpan<NewEntry> entries)
    {
        var before = page?.Count ?? 0;
        var count = before + entries.Length;
        var longer = new MessagePage
        {
            Number = number,
            Uids = Longer(page?.Uids, count),
            Flags = Longer(page?.Flags, count),
            ModSeqs = Longer(page?.ModSeqs, count),
            InternalDates = Longer(page?.InternalDates, count),
            SaveDates = Longer(page?.SaveDates, count),
            Sizes = Longer(page?.Sizes, count),
            EmailIds = Longer(page?.EmailIds, count),
        };
        for (var i = 0; i < entries.Length; i++) Set(longer, before + i, in entries[i]);
        return longer;
    }

    private static void Set(MessagePage page, int at, in NewEntry entry)
    {
        page.Uids[at] = entry.Uid;
        page.Flags[at] = entry.Flags;
        page.ModSeqs[at] = entry.ModSeq;
        page.InternalDates[at] = entry.InternalDate;
        page.SaveDates[at] = entry.SaveDate;
        page.Sizes[at] = entry.Size;
        page.EmailIds[at] = entry.Email.Value;
    }

    private static T[] Longer<T>(T[]? column, int count)
    {
        var longer = new T[count];
        column?.CopyTo(longer, 0);
        return longer;
    }

    private static T[] Pick<T>(T[] column, ReadOnlySpan<int> kept)
    {
        var picked = new T[kept.Length];
        for (var i = 0; i < kept.Length; i++) picked[i] = column[kept[i]];
        return picked;
    }
}
