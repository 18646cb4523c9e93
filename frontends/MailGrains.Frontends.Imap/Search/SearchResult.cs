using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Search;

namespace MailGrains.Frontends.Imap.Search;

/// <summary>What a search of these rows has found.</summary>
internal sealed class SearchResult(MessageRows rows)
{
    private readonly RowSet[] _found = new RowSet[rows.Slices.Length];

    /// <summary>The highest MODSEQ among the messages found.</summary>
    public long HighestModSeq
    {
        get
        {
            var highest = 0L;
            for (var i = 0; i < _found.Length; i++)
            {
                foreach (var place in _found[i]) highest = Math.Max(highest, rows.Slices[i][place].ModSeq);
            }

            return highest;
        }
    }

    /// <summary>The MODSEQ of the first message found.</summary>
    public long FirstModSeq => Array.FindIndex(_found, found => !found.IsEmpty) is var i and >= 0 ? rows.Slices[i][_found[i].First].ModSeq : 0;

    /// <summary>The MODSEQ of the last message found.</summary>
    public long LastModSeq => Array.FindLastIndex(_found, found => !found.IsEmpty) is var i and >= 0 ? rows.Slices[i][_found[i].Last].ModSeq : 0;

    /// <summary>The sequence numbers of the messages found.</summary>
    public UidSet Sequences()
    {
        var sequences = new UidSetBuilder();
        for (var i = 0; i < _found.Length; i++)
        {
            var first = rows.Slices[i].FirstSequence;
            foreach (var place in _found[i]) sequences.Add(first + (uint)place);
        }

        return sequences.Build();
    }

    /// <summary>The UIDs of the messages found.</summary>
    public UidSet Uids()
    {
        var uids = new UidSetBuilder();
        for (var i = 0; i < _found.Length; i++)
        {
            var column = rows.Slices[i].Of(rows.Slices[i].Page.Uids);
            foreach (var place in _found[i]) uids.Add(column[place]);
        }

        return uids.Build();
    }

    /// <summary>Adds messages of one slice.</summary>
    public void Add(int slice, RowSet found) => _found[slice] = _found[slice].Union(found);
}
