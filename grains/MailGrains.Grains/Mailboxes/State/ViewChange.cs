using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>What a session that knows one version of a folder is to be told of another.</summary>
internal sealed class ViewChange
{
    private readonly UidSetBuilder _vanished = new();
    private readonly UidSetBuilder _changed = new();
    private readonly List<MessagePage> _withGhosts = [];

    private ViewChange(FolderMessages now) => WithGhosts = now;

    /// <summary>Sequence numbers in the old version, ascending.</summary>
    public List<uint> ExpungedSequences { get; } = [];

    public UidSet Vanished { get; private set; } = UidSet.Empty;

    /// <summary>UIDs in both versions whose MODSEQ differs.</summary>
    public UidSet Changed { get; private set; } = UidSet.Empty;

    /// <summary>Entries the old version did not have.</summary>
    public int Added { get; private set; }

    /// <summary>
    /// The new version with the expunged entries of the old one still in it, as they were: in it the old sequence numbers hold.
    /// </summary>
    public FolderMessages WithGhosts { get; private set; }

    public static ViewChange Between(FolderMessages view, FolderMessages now)
    {
        var change = new ViewChange(now);
        if (ReferenceEquals(view, now)) return change;
        foreach (var difference in FolderMessages.Between(view, now)) change.Compare(difference);
        change.Vanished = change._vanished.Build();
        change.Changed = change._changed.Build();
        if (change._withGhosts.Count > 0) change.WithGhosts = now.With(change._withGhosts);
        return change;
    }

    private void Compare(FolderMessages.Difference difference)
    {
        if (difference.Old is not { } old)
        {
            Added += difference.New!.Count;
            return;
        }

        if (difference.New is not { } now)
        {
            for (var i = 0; i < old.Count; i++) Expunged(old, i, difference.OldStart);
            _withGhosts.Add(old);
            return;
        }

        if (ReferenceEquals(old.Uids, now.Uids)) CompareFlags(old, now);
        else CompareEntries(old, now, difference.OldStart);
    }

    private void CompareFlags(MessagePage old, MessagePage now)
    {
        for (var i = 0; i < old.Count; i++)
        {
            if (old.ModSeqs[i] != now.ModSeqs[i]) _changed.Add(old.Uids[i]);
        }
    }

    private void CompareEntries(MessagePage old, MessagePage now, int oldStart)
    {
        var expunged = ExpungedSequences.Count;
        int i = 0, j = 0;
        while (i < old.Count || j < now.Count)
        {
            if (j == now.Count || (i < old.Count && old.Uids[i] < now.Uids[j]))
            {
                Expunged(old, i++, oldStart);
            }
            else if (i == old.Count || now.Uids[j] < old.Uids[i])
            {
                Added++;
                j++;
            }
            else
            {
                if (old.ModSeqs[i] != now.ModSeqs[j]) _changed.Add(old.Uids[i]);
                i++;
                j++;
            }
        }

        if (ExpungedSequences.Count > expunged) _withGhosts.Add(PageEdit.Union(now, old));
    }

    private void Expunged(MessagePage old, int index, int oldStart)
    {
        ExpungedSequences.Add((uint)(oldStart + index + 1));
        _vanished.Add(old.Uids[index]);
    }
}
