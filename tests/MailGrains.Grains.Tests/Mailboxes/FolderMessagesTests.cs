using CsCheck;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Tests.Mailboxes;

public sealed class FolderMessagesTests
{
    private readonly record struct Step(int Act, int Gap, int First, int Count);

    private static readonly Gen<Step[]> Steps =
        (from act in Gen.Int[0, 3]
         from gap in Gen.OneOf(Gen.Int[0, 3], Gen.Const(200), Gen.Const(20_000))
         from first in Gen.Int[0, 400]
         from count in Gen.Int[1, 300]
         select new Step(act, gap, first, count)).Array[1, 20];

    [Fact]
    public void Numbers_sets_and_differences_agree_with_a_plain_list() => Steps.Sample(steps =>
    {
        var messages = FolderMessages.Empty;
        var model = new List<NewEntry>();
        var (old, oldModel) = (messages, model.ToList());
        uint next = 1;
        long modSeq = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            modSeq++;
            (messages, next) = Apply(steps[i], messages, model, next, modSeq);
            AssertSame(messages, model);
            AssertDifference(old, oldModel, messages, model);
            if (i % 3 == 0) (old, oldModel) = (messages, model.ToList());
        }
    }, iter: 200, threads: 1);

    [Fact]
    public void A_partial_folder_becomes_the_whole_one_however_it_is_loaded()
    {
        var whole = PageEdit.Append(FolderMessages.Empty, Entries(1, 1000, 1));
        var stored = whole.Pages().ToList();
        var tail = FolderMessages.Unloaded.WithStored(stored.Where(p => p.Number >= 7), 7);
        Assert.Equal(1000 - (7 * MessagePage.Span) + 1, tail.Count);
        tail = PageEdit.Append(tail, Entries(1001, 10, 2));
        var loaded = tail.WithStored(stored, 0);
        Assert.True(loaded.IsComplete);
        Assert.Equal(Enumerable.Range(1, 1010).Select(i => (uint)i), loaded.Pages().SelectMany(p => p.Uids));
        Assert.Same(loaded, loaded.WithStored(stored, 0));
    }

    [Fact]
    public void A_range_of_four_billion_costs_what_is_there()
    {
        var messages = PageEdit.Append(FolderMessages.Empty, Entries(1, 10, 1));
        var slices = messages.Resolve(new NumberSet([new NumberRange(1, uint.MaxValue)]), byUid: true);
        Assert.Equal(10, new MessageRows(slices).Count);
        Assert.Equal(10, new MessageRows(messages.Resolve(new NumberSet([new NumberRange(uint.MaxValue, 1)]), byUid: false)).Count);
        Assert.Equal(1, new MessageRows(messages.Resolve(new NumberSet([new NumberRange(500, NumberRange.Star)]), byUid: true)).Count);
        Assert.Empty(FolderMessages.Empty.Resolve(NumberSet.All, byUid: false));
    }

    internal static NewEntry[] Entries(uint first, int count, long modSeq) =>
        [.. Enumerable.Range(0, count).Select(i => new NewEntry(first + (uint)i, default, modSeq, 0, 0, 100, new EmailId(first + i)))];

    private static (FolderMessages Messages, uint Next) Apply(Step step, FolderMessages messages, List<NewEntry> model, uint next, long modSeq)
    {
        switch (step.Act)
        {
            case 0 or 1:
                var entries = Entries(next + (uint)step.Gap, step.Count, modSeq);
                model.AddRange(entries);
                return (PageEdit.Append(messages, entries), entries[^1].Uid + 1);
            case 2:
                var gone = model.Skip(step.First).Take(step.Count).Select(e => e.Uid).ToHashSet();
                model.RemoveAll(e => gone.Contains(e.Uid));
                return (messages.With(Edited(messages, gone, (page, kept) => PageEdit.Keep(page, kept))), next);
            default:
                var changed = model.Skip(step.First).Take(step.Count).Select(e => e.Uid).ToHashSet();
                for (var i = 0; i < model.Count; i++)
                {
                    if (changed.Contains(model[i].Uid)) model[i] = model[i] with { ModSeq = modSeq };
                }

                return (messages.With(Edited(messages, changed, (page, kept) => PageEdit.WithFlags(
                    page, page.Flags, [.. page.ModSeqs.Select((m, i) => kept.Contains(i) ? m : modSeq)]))), next);
        }
    }

    /// <summary>The pages that hold any of these UIDs, edited; the edit is given the indexes of all others.</summary>
    private static List<MessagePage> Edited(FolderMessages messages, HashSet<uint> uids, Func<MessagePage, int[], MessagePage> edit) =>
        [.. messages.Pages()
            .Where(p => p.Uids.Any(uids.Contains))
            .Select(p => edit(p, [.. Enumerable.Range(0, p.Count).Where(i => !uids.Contains(p.Uids[i]))]))];

    private static void AssertSame(FolderMessages messages, List<NewEntry> model)
    {
        Assert.Equal(model.Count, messages.Count);
        Assert.Equal(model.Select(e => e.Uid), messages.Pages().SelectMany(p => p.Uids));
        for (var i = 0; i < model.Count; i += 37)
        {
            Assert.Equal((uint)i + 1, messages.SequenceOf(model[i].Uid));
            Assert.Equal(model[i].Uid, messages.UidAt((uint)i + 1));
            Assert.Equal(model.Count - i, messages.CountFrom(model[i].Uid));
            var last = Math.Min(i + 150, model.Count - 1);
            var expected = model.Skip(i).Take(last - i + 1).Select(e => (e.Uid, e.ModSeq)).ToList();
            Assert.Equal(expected, Rows(messages.SlicesOfUids(UidSet.Between(model[i].Uid, model[last].Uid)), i));
            Assert.Equal(expected, Rows(messages.SlicesOfSequences(UidSet.Between((uint)i + 1, (uint)last + 1)), i));
        }
    }

    private static List<(uint Uid, long ModSeq)> Rows(System.Collections.Immutable.ImmutableArray<MessageSlice> slices, int first)
    {
        var rows = new List<(uint, long)>();
        foreach (var row in new MessageRows(slices))
        {
            Assert.Equal((uint)(first + rows.Count + 1), row.Sequence);
            rows.Add((row.Uid, row.ModSeq));
        }

        return rows;
    }

    private static void AssertDifference(FolderMessages old, List<NewEntry> oldModel, FolderMessages now, List<NewEntry> model)
    {
        var change = ViewChange.Between(old, now);
        var before = oldModel.ToDictionary(e => e.Uid, e => e.ModSeq);
        var after = model.ToDictionary(e => e.Uid, e => e.ModSeq);
        Assert.Equal(oldModel.Where(e => !after.ContainsKey(e.Uid)).Select(e => e.Uid), change.Vanished.Enumerate());
        Assert.Equal(
            oldModel.Select((e, i) => (e.Uid, Sequence: (uint)i + 1)).Where(e => !after.ContainsKey(e.Uid)).Select(e => e.Sequence),
            change.ExpungedSequences);
        Assert.Equal(model.Where(e => before.TryGetValue(e.Uid, out var m) && m != e.ModSeq).Select(e => e.Uid), change.Changed.Enumerate());
        Assert.Equal(model.Count(e => !before.ContainsKey(e.Uid)), change.Added);
        Assert.Equal(before.Keys.Union(after.Keys).Order(), change.WithGhosts.Pages().SelectMany(p => p.Uids));
    }
}
