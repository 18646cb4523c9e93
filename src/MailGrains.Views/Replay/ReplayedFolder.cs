namespace MailGrains.Views.Replay;

/// <summary>A folder as the log says that it is.</summary>
public sealed class ReplayedFolder(long id, bool isWhole)
{
    private readonly Dictionary<uint, ReplayedMessage> _messages = [];

    public long Id => id;

    /// <summary>Every message in it came after the beginning of the log. Of other folders only those that did are known.</summary>
    public bool IsWhole => isWhole;

    public string Path { get; internal set; } = "";

    public string? SpecialUse { get; internal set; }

    public long UidValidity { get; internal set; }

    /// <summary>The MODSEQ of its last change; 0: that was before the beginning of the log.</summary>
    public long HighestModSeq { get; internal set; }

    /// <summary>The UID that the next message gets; 0: it was not told since the beginning of the log.</summary>
    public long UidNext { get; internal set; }

    /// <summary>By UID, in no order.</summary>
    public IReadOnlyDictionary<uint, ReplayedMessage> Messages => _messages;

    internal void Set(long uid, ReplayedMessage message) => _messages[(uint)uid] = message;

    internal void Remove(uint uid) => _messages.Remove(uid);

    /// <summary>Those of a set that are known, ascending; looks at the set or at the folder, whichever is smaller.</summary>
    internal List<(uint Uid, ReplayedMessage Message)> In(string? uids)
    {
        var found = NumberRuns.Count(uids) < _messages.Count
            ? NumberRuns.Numbers(uids).Where(n => n <= uint.MaxValue).Select(n => (uint)n).Where(_messages.ContainsKey)
            : _messages.Keys.Where(uid => NumberRuns.IndexOf(uids, uid) is not null);
        return [.. found.Order().Select(uid => (uid, _messages[uid]))];
    }
}
