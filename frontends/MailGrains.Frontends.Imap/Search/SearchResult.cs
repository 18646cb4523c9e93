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

    public UidSet Sequences => _sequences.Build();

    public UidSet Uids => _uids.Build();

    public void Add(in MessageRow row)
    {
        _sequences.Add(row.Sequence);
        _uids.Add(row.Uid);
        HighestModSeq = Math.Max(HighestModSeq, row.ModSeq);
    }
}
