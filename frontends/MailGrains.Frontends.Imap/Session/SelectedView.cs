using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>The selected mailbox as far as the client has been told of it.</summary>
internal sealed class SelectedView(SelectedFolder folder, bool readOnly)
{
    /// <summary>What it was called when it was selected.</summary>
    public string Path { get; } = folder.Path;

    public FolderId Folder { get; } = folder.Folder;

    public uint UidValidity { get; } = folder.UidValidity;

    public bool ReadOnly { get; } = readOnly;

    /// <summary>The number of messages: the largest sequence number.</summary>
    public uint Exists { get; private set; } = folder.Exists;

    /// <summary>UIDs that are \Recent in this session.</summary>
    public UidSet Recent { get; private set; } = folder.Recent;

    public KeywordTable Keywords { get; private set; } = folder.Keywords;

    /// <summary>UIDs of the last SEARCH RETURN (SAVE): <c>$</c> (RFC 5182).</summary>
    public UidSet Saved { get; set; } = UidSet.Empty;

    /// <summary>The MODSEQ up to which the client has been told of expunges.</summary>
    public long ModSeq { get; private set; } = folder.HighestModSeq;

    /// <summary>
    /// False once expunges were told without the MODSEQ they belong to: then another activation can't tell which the client knows.
    /// </summary>
    public bool CanResume { get; private set; } = true;

    /// <summary>Takes in the keyword table; true when the client has not been told it yet.</summary>
    public bool Learn(KeywordTable keywords)
    {
        if (keywords.Keywords.Length <= Keywords.Keywords.Length) return false;
        Keywords = keywords;
        return true;
    }

    /// <summary>Takes in what is told to the client now.</summary>
    /// <param name="updates">What is told.</param>
    /// <param name="highestModSeq">The MODSEQ of the expunges among them, where the call that brought them told it apart.</param>
    public void Apply(SessionUpdates updates, long highestModSeq)
    {
        var modSeq = Math.Max(updates.HighestModSeq, highestModSeq);
        if (!updates.Expunged.IsEmpty)
        {
            Exists -= (uint)updates.Expunged.Length;
            Recent = UidSet.Except(Recent, updates.Vanished);
            Saved = UidSet.Except(Saved, updates.Vanished);
            if (modSeq == 0) CanResume = false;
        }

        if (modSeq > ModSeq) ModSeq = modSeq;
        if (updates.Exists is { } exists) Exists = exists;
        Recent = UidSet.Union(Recent, updates.Recent);
    }
}
