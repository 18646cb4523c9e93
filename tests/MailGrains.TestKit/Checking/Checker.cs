using System.Collections.Concurrent;
using System.Text;

namespace MailGrains.TestKit.Checking;

/// <summary>
/// Compares what clients were told with what they can read. It knows nothing of the server's inside, and remembers over all rounds.
/// <see cref="Add"/> and <see cref="Told"/> may be called by
/// many at once, <see cref="Check"/> not.
/// </summary>
internal sealed class Checker
{
    private readonly ConcurrentDictionary<(string User, string Token), MessageHistory> _histories = [];
    private readonly ConcurrentDictionary<(string User, string Folder, uint UidValidity, uint Uid), string> _meanings = [];
    private readonly Dictionary<(string User, string Folder), FolderSnapshot> _last = [];

    public IEnumerable<MessageHistory> Histories => _histories.Values;

    public void Add(MessageHistory history) => _histories[(history.User, history.Token)] = history;

    /// <summary>An answer named this UID for that message.</summary>
    public void Told(string user, string folder, uint uidValidity, uint uid, string token) =>
        _meanings.TryAdd((user, folder, uidValidity, uid), token);

    /// <summary>Compares everything with what is readable now; returns what is wrong. Uncertain states become certain.</summary>
    public IReadOnlyList<string> Check(IReadOnlyList<FolderSnapshot> folders)
    {
        var problems = new List<string>();
        var found = new Dictionary<(string User, string Token), List<Placement>>();
        foreach (var folder in folders) CheckFolder(folder, found, problems);
        foreach (var history in _histories.Values)
            CheckHistory(history, found.GetValueOrDefault((history.User, history.Token)) ?? [], problems);
        return problems;
    }

    private void CheckFolder(FolderSnapshot folder, Dictionary<(string User, string Token), List<Placement>> found, List<string> problems)
    {
        var name = $"{folder.User} {folder.Folder}";
        var before = _last.GetValueOrDefault((folder.User, folder.Folder));
        if (before is not null) CheckCounters(name, before, folder, problems);
        foreach (var message in folder.Messages)
        {
            if (message.Uid >= folder.UidNext) problems.Add($"{name}: UID {message.Uid} is not below UIDNEXT {folder.UidNext}");
            if (message.ModSeq > folder.HighestModSeq)
                problems.Add($"{name}: MODSEQ {message.ModSeq} of UID {message.Uid} is above HIGHESTMODSEQ {folder.HighestModSeq}");
            if (TokenOf(folder.User, message) is not { } token)
            {
                problems.Add($"{name}: UID {message.Uid} is no message that was ever sent, or not whole");
                continue;
            }

            CheckMeaning(name, folder, before, message, token, problems);
            if (!found.TryGetValue((folder.User, token), out var places)) found[(folder.User, token)] = places = [];
            places.Add(new Placement(folder.Folder, message.Uid, message.Flagged, message.Deleted));
        }

        _last[(folder.User, folder.Folder)] = folder;
    }

    private static void CheckCounters(string name, FolderSnapshot before, FolderSnapshot now, List<string> problems)
    {
        if (now.UidValidity != before.UidValidity) problems.Add($"{name}: UIDVALIDITY was {before.UidValidity}, is {now.UidValidity}");
        if (now.UidNext < before.UidNext) problems.Add($"{name}: UIDNEXT fell from {before.UidNext} to {now.UidNext}");
        if (now.HighestModSeq < before.HighestModSeq) problems.Add($"{name}: HIGHESTMODSEQ fell from {before.HighestModSeq} to {now.HighestModSeq}");
        var old = before.Messages.ToDictionary(m => m.Uid);
        foreach (var message in now.Messages)
            if (old.TryGetValue(message.Uid, out var was) && (was.Flagged, was.Deleted) != (message.Flagged, message.Deleted)
                && message.ModSeq <= before.HighestModSeq)
                problems.Add($"{name}: the flags of UID {message.Uid} changed, its MODSEQ {message.ModSeq} is not above {before.HighestModSeq}");
    }

    private void CheckMeaning(string name, FolderSnapshot folder, FolderSnapshot? before, SeenMessage message, string token, List<string> problems)
    {
        var key = (folder.User, folder.Folder, folder.UidValidity, message.Uid);
        if (_meanings.TryGetValue(key, out var meant))
        {
            if (meant != token) problems.Add($"{name}: UID {message.Uid} was {meant}, is {token}");
            return;
        }

        if (before is not null && message.Uid < before.UidNext)
            problems.Add($"{name}: UID {message.Uid} is new and below the UIDNEXT {before.UidNext} of before");
        _meanings[key] = token;
    }

    private static void CheckHistory(MessageHistory history, List<Placement> seen, List<string> problems)
    {
        for (var state = 0; state < history.Possible.Count; state++)
        {
            if (!Fits(history.Possible[state], seen)) continue;
            history.Observed(state, seen);
            return;
        }

        var expected = string.Join(" or ", history.Possible.Select(Describe));
        problems.Add($"{history.User}: {history.Token} should be {expected}; it is {Describe(seen)}");
    }

    private static bool Fits(IReadOnlyList<Placement> expected, List<Placement> seen)
    {
        if (expected.Count != seen.Count) return false;
        var left = seen.ToList();
        foreach (var place in expected.OrderBy(p => p.Uid is null))
        {
            var match = left.FindIndex(s => s.Folder == place.Folder && s.Flagged == place.Flagged && s.Deleted == place.Deleted
                && (place.Uid is null || place.Uid == s.Uid));
            if (match < 0) return false;
            left.RemoveAt(match);
        }

        return true;
    }

    private static string Describe(IReadOnlyList<Placement> state) =>
        state.Count == 0 ? "nowhere" : string.Join(" and ", state.Select(Describe));

    private static string Describe(Placement p) =>
        $"in {p.Folder} (UID {p.Uid?.ToString() ?? "?"}{(p.Flagged ? ", flagged" : "")}{(p.Deleted ? ", deleted" : "")})";

    /// <summary>The token of a message whose octets are exactly those that were sent; null otherwise.</summary>
    private string? TokenOf(string user, SeenMessage message)
    {
        var text = Encoding.Latin1.GetString(message.Octets);
        var start = text.IndexOf(LoadMessages.SubjectStart, StringComparison.Ordinal);
        if (start < 0) return null;
        start += LoadMessages.SubjectStart.Length;
        var end = text.IndexOf('\r', start);
        if (end < 0 || !_histories.TryGetValue((user, text[start..end]), out var history)) return null;
        try
        {
            var octets = history.Delivered ? TraceHeaders.WithoutTrace(message.Octets) : message.Octets;
            return octets.Span.SequenceEqual(history.Content) ? history.Token : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
