using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>A client's copy of its selected folder, kept by untagged EXPUNGE, EXISTS and FETCH alone.</summary>
internal sealed class ClientMirror(IMailboxGrain grain, SessionId session)
{
    public sealed record Entry(uint Uid, long ModSeq, ImmutableSortedSet<string> Flags);

    public SessionId Session { get; set; } = session;

    public string? Path { get; private set; }

    public bool ReadOnly { get; private set; }

    public List<Entry?> Entries { get; } = [];

    public KeywordTable Keywords { get; private set; } = KeywordTable.Empty;

    public IEnumerable<uint> Uids => Entries.Select(e => e!.Uid);

    public async Task SelectAsync(string path, bool readOnly)
    {
        Unselected();
        var selected = await grain.SelectAsync(Session, new SelectRequest(path, readOnly));
        (Path, ReadOnly, Keywords) = (path, readOnly, selected.Keywords);
        while (Entries.Count < selected.Exists) Entries.Add(null);
        await FetchUnknownAsync();
    }

    public void Unselected()
    {
        Path = null;
        Entries.Clear();
    }

    public void Renamed(string to) => Path = to;

    public async Task ApplyAsync(SessionUpdates updates, UpdateScope scope)
    {
        if (updates.FolderGone)
        {
            Unselected();
            return;
        }

        if (scope == UpdateScope.WithoutExpunges) Assert.Empty(updates.Expunged);
        var gone = new List<uint>();
        foreach (var sequence in updates.Expunged)
        {
            gone.Add(Entries[(int)sequence - 1]!.Uid);
            Entries.RemoveAt((int)sequence - 1);
        }

        gone.Reverse();
        Assert.Equal(gone, updates.Vanished.Enumerate());
        if (updates.Keywords is { } keywords) Keywords = keywords;
        if (updates.Exists is { } exists)
        {
            Assert.True(exists > Entries.Count, "EXISTS must grow");
            while (Entries.Count < exists) Entries.Add(null);
        }

        Apply(updates.Changed);
        await FetchUnknownAsync();
    }

    public void Apply(MessageRows rows)
    {
        foreach (var row in rows)
        {
            var known = Entries[(int)row.Sequence - 1];
            if (known is not null)
            {
                Assert.Equal(known.Uid, row.Uid);
                Assert.True(row.ModSeq >= known.ModSeq, "MODSEQ must not fall");
            }

            Entries[(int)row.Sequence - 1] = new Entry(row.Uid, row.ModSeq, [.. Keywords.Names(row.Flags)]);
        }
    }

    /// <summary>The rows of a STORE: of a silent one the client is told the MODSEQ and works the flags out by itself.</summary>
    public void Apply(MessageRows rows, StoreRequest store)
    {
        if (!store.Silent)
        {
            Apply(rows);
            return;
        }

        foreach (var row in rows)
        {
            var known = Entries[(int)row.Sequence - 1]!;
            Assert.Equal(known.Uid, row.Uid);
            Entries[(int)row.Sequence - 1] = known with { ModSeq = row.ModSeq, Flags = After(known.Flags, store) };
        }
    }

    public static ImmutableSortedSet<string> After(ImmutableSortedSet<string> before, StoreRequest store) => store.Mode switch
    {
        StoreMode.Replace => [.. store.Flags],
        StoreMode.Add => before.Union(store.Flags),
        _ => before.Except(store.Flags),
    };

    private async Task FetchUnknownAsync()
    {
        var first = Entries.IndexOf(null);
        if (first < 0) return;
        var set = new NumberSet([new NumberRange((uint)first + 1, NumberRange.Star)]);
        var fetched = await grain.RowsAsync(Session, new RowsRequest(set, ByUid: false, UpdateScope.WithoutExpunges));
        Assert.Equal(Entries.Count - first, fetched.Rows.Count);
        Apply(fetched.Rows);
        await ApplyAsync(fetched.Updates, UpdateScope.WithoutExpunges);
    }
}
