namespace MailGrains.Verify.Bodies;

/// <summary>The messages of one mailbox that are followed, by folder and UID, and the holds it is under.</summary>
internal sealed class FollowedMailbox
{
    private readonly Dictionary<long, Dictionary<uint, FollowedMessage>> _folders = [];
    private readonly HashSet<string> _holds = new(StringComparer.Ordinal);
    private readonly HashSet<FollowedMessage> _leftUnderHold = [];

    /// <summary>Those that are in a folder.</summary>
    public IEnumerable<FollowedMessage> Present => _folders.Values.SelectMany(f => f.Values).Distinct();

    /// <summary>Those that left their last folder under a hold that is in force.</summary>
    public IEnumerable<FollowedMessage> Held => _leftUnderHold.Except(Present);

    public void Add(long folder, uint uid, FollowedMessage message)
    {
        if (!_folders.TryGetValue(folder, out var messages)) _folders[folder] = messages = [];
        messages[uid] = message;
    }

    /// <summary>The first UID of one set becomes the first of the other, and so on.</summary>
    public void Transfer(long from, UidRanges old, long to, UidRanges now, bool isMove)
    {
        foreach (var (uid, message) in In(from, old))
        {
            Add(to, now.At(old.IndexOf(uid)!.Value), message);
            if (isMove) _folders[from].Remove(uid);
        }
    }

    public void Remove(long folder, UidRanges uids)
    {
        foreach (var (uid, message) in In(folder, uids)) Leave(_folders[folder], uid, message);
    }

    public void RemoveFolder(long folder)
    {
        if (!_folders.TryGetValue(folder, out var messages)) return;
        foreach (var (uid, message) in messages.ToList()) Leave(messages, uid, message);
    }

    public void Hold(string hold) => _holds.Add(hold);

    /// <summary>When no hold is left, what left its folder may be let go.</summary>
    public void Release(string hold)
    {
        _holds.Remove(hold);
        if (_holds.Count == 0) _leftUnderHold.Clear();
    }

    private void Leave(Dictionary<uint, FollowedMessage> folder, uint uid, FollowedMessage message)
    {
        folder.Remove(uid);
        if (_holds.Count > 0) _leftUnderHold.Add(message);
    }

    /// <summary>Looks at the set or at the folder, whichever is smaller.</summary>
    private List<(uint Uid, FollowedMessage Message)> In(long folder, UidRanges uids)
    {
        if (!_folders.TryGetValue(folder, out var messages)) return [];
        var found = uids.Count < messages.Count ? uids.All().Where(messages.ContainsKey) : messages.Keys.Where(uid => uids.IndexOf(uid) is not null);
        return [.. found.Order().Select(uid => (uid, messages[uid]))];
    }
}
