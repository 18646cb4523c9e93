using System.Text.Json;

namespace MailGrains.Views.History;

/// <summary>A message on its way through a mailbox: where it and its copies are at the moment, and what it is known by.</summary>
internal sealed class FollowedMessage
{
    private readonly HashSet<long> _emails;
    private readonly HashSet<(long Folder, long Uid)> _places = [];

    public FollowedMessage(HistoryPlaces places)
    {
        _emails = [.. places.Emails];

        // A UID is never given twice: it means this message also where its arrival is not kept any more.
        if (places.Question.Uid is { } uid) _places.UnionWith(places.Folders.Select(folder => (folder, uid)));
    }

    /// <summary>What the event did to it; null: nothing.</summary>
    public (string? Uids, string? OldUids)? Follow(EventPayload payload)
    {
        if (payload.Number("mailbox", "id") is not { } folder) return null;
        return payload.Type switch
        {
            "MessageNew" or "MessageAppend" => Told(payload.Messages.Select(m => Arrived(folder, m)).OfType<long>()),
            "MessageCopy" or "MessageMove" => Transferred(payload, folder),
            "MessageExpunge" => Told(payload.Messages.SelectMany(m => Expunged(folder, m))),
            "MailboxDelete" => _places.RemoveWhere(p => p.Folder == folder) > 0 ? (null, null) : null,
            "MailboxRename" => _places.Any(p => p.Folder == folder) ? (null, null) : null,
            _ => Told(payload.Messages.SelectMany(m => At(folder, EventPayload.Text(m, "uids")))),
        };
    }

    private static (string?, string?)? Told(IEnumerable<long> uids, IEnumerable<long>? olds = null) =>
        Set(uids) is { } set ? (set, olds is null ? null : Set(olds)) : null;

    private static string? Set(IEnumerable<long> uids) => NumberRuns.Union(uids.Select(u => u.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private long? Arrived(long folder, JsonElement message)
    {
        if (EventPayload.Number(message, "uid") is not { } uid) return null;
        if (EventPayload.Number(message, "emailId") is not { } email || !_emails.Contains(email)) return _places.Contains((folder, uid)) ? uid : null;
        _places.Add((folder, uid));
        return uid;
    }

    private (string?, string?)? Transferred(EventPayload payload, long folder)
    {
        var from = payload.Number("mailbox", "oldId") ?? folder;
        List<long> came = [], went = [];
        foreach (var entry in payload.Messages)
        {
            var (olds, news, emails) = (EventPayload.Text(entry, "oldUids"), EventPayload.Text(entry, "uids"), EventPayload.Text(entry, "emailIds"));
            foreach (var index in Indexes(from, olds, emails))
            {
                if (NumberRuns.At(emails, index) is { } email) _emails.Add(email);
                if (NumberRuns.At(news, index) is not { } uid) continue;
                came.Add(uid);
                if (NumberRuns.At(olds, index) is not { } old) continue;
                went.Add(old);
                if (payload.Type == "MessageMove") _places.Remove((from, old));
            }
        }

        _places.UnionWith(came.Select(uid => (folder, uid)));
        return Told(came, went);
    }

    private IEnumerable<long> Expunged(long folder, JsonElement entry)
    {
        var (uids, emails) = (EventPayload.Text(entry, "uids"), EventPayload.Text(entry, "emailIds"));
        foreach (var index in Indexes(folder, uids, emails))
        {
            if (NumberRuns.At(uids, index) is not { } uid) continue;
            _places.Remove((folder, uid));
            yield return uid;
        }
    }

    /// <summary>Where in an entry's lists it is, by its place or by what it is known by.</summary>
    private List<long> Indexes(long folder, string? uids, string? emails) =>
    [
        .. At(folder, uids).Select(uid => NumberRuns.IndexOf(uids, uid)).Concat(_emails.Select(email => NumberRuns.IndexOf(emails, email)))
            .OfType<long>().Distinct().Order(),
    ];

    private IEnumerable<long> At(long folder, string? uids) =>
        _places.Where(p => p.Folder == folder && NumberRuns.IndexOf(uids, p.Uid) is not null).Select(p => p.Uid).ToList();
}
