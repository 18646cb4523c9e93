using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.State;

/// <content>Comparing two versions costs what differs: chunks and pages they share are skipped.</content>
internal sealed partial class FolderMessages
{
    /// <summary>A page that is not the same object in both versions; null where a version has none.</summary>
    /// <param name="OldStart">Entries before the old page in the old version.</param>
    public readonly record struct Difference(MessagePage? Old, MessagePage? New, int OldStart);

    /// <summary>The pages in which <paramref name="now"/> differs from <paramref name="old"/>, ascending by number.</summary>
    public static IEnumerable<Difference> Between(FolderMessages old, FolderMessages now)
    {
        int i = 0, j = 0;
        while (i < old._chunks.Length || j < now._chunks.Length)
        {
            var a = i < old._chunks.Length ? old._chunks[i] : null;
            var b = j < now._chunks.Length ? now._chunks[j] : null;
            if (a is not null && b is not null && a.Number != b.Number)
            {
                if (a.Number < b.Number) b = null;
                else a = null;
            }

            var start = a is null ? 0 : old._starts[i];
            if (a is not null) i++;
            if (b is not null) j++;
            if (ReferenceEquals(a, b)) continue;
            foreach (var difference in Between(a, b, start)) yield return difference;
        }
    }

    private static IEnumerable<Difference> Between(PageChunk? old, PageChunk? now, int start)
    {
        MessagePage[] before = old is null ? [] : old.Pages, after = now is null ? [] : now.Pages;
        int i = 0, j = 0;
        while (i < before.Length || j < after.Length)
        {
            var a = i < before.Length ? before[i] : null;
            var b = j < after.Length ? after[j] : null;
            if (a is not null && b is not null && a.Number != b.Number)
            {
                if (a.Number < b.Number) b = null;
                else a = null;
            }

            var pageStart = a is null ? 0 : start + old!.StartOf(i);
            if (a is not null) i++;
            if (b is not null) j++;
            if (!ReferenceEquals(a, b)) yield return new Difference(a, b, pageStart);
        }
    }
}
