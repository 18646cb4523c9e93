using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Frontends.Imap.Search;

/// <summary>What a search has found, added in ascending order.</summary>
internal sealed class SearchResult
{
    private readonly UidSetBuilder _sequences = new();
    private readonly UidSetBuilder _uids = new();

    /// <summary>The highest MODSEQ among the messages found.</summary>
    public long HighestModSeq { get; private set; }

    /// <summary>The MODSEQ of the first message found.</summary>
    public long FirstModSeq { get; private set; }

    /// <summary>The MODSEQ of the last message found.</summary>
    public long LastModSeq { get; private set; }

    public UidSet Sequences => _sequences.Build();

    public UidSet Uids => _uids.Build();

    public void Add(in MessageRow row)
    {
        _sequences.Add(row.Sequence);
        _uids.Add(row.Uid);
        if (FirstModSeq == 0) FirstModSeq = row.ModSeq;
        LastModSeq = row.ModSeq;
        HighestModSeq = Math.Max(HighestModSeq, row.ModSeq);
    }
}
