using System.Text;
using System.Text.Json;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Views.Replay;

/// <summary>
/// What a mailbox is, by its log alone: its events are handed over one after the other, in their order. Holds a hundred octets or two for each message that
/// is there at the moment.
/// </summary>
/// <param name="isWhole">The first event handed over is the first that the mailbox ever had.</param>
public sealed class MailboxReplay(bool isWhole)
{
    /// <summary>No folder has more messages that are moved at once; what a log says beyond that nobody did.</summary>
    private const int MostUnknown = 1 << 24;

    private readonly Dictionary<long, ReplayedFolder> _folders = [];
    private readonly HashSet<string> _subscriptions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _flags = new(StringComparer.Ordinal);

    /// <summary>Folders and subscriptions are all known, not only those that came after the beginning of the log.</summary>
    public bool IsWhole => isWhole;

    /// <summary>By their ids.</summary>
    public IReadOnlyDictionary<long, ReplayedFolder> Folders => _folders;

    public IReadOnlySet<string> Subscriptions => _subscriptions;

    public void Apply(ReplayedEvent happened)
    {
        var payload = happened.Payload;
        switch (payload.Type)
        {
            case "MessageNew" or "MessageAppend":
                Arrive(happened, Concerned(happened));
                break;
            case "MessageCopy" or "MessageMove":
                Transfer(happened, Source(happened), Concerned(happened));
                break;
            case "MessageExpunge":
                var left = Concerned(happened);
                foreach (var entry in payload.Messages)
                    foreach (var (uid, _) in left.In(EventPayload.Text(entry, "uids"))) left.Remove(uid);
                break;
            case "MessageRead" or "MessageTrash" or "FlagsSet" or "FlagsClear":
                Flag(happened, Concerned(happened));
                break;
            case "MailboxCreate" or "MailboxRename":
                Name(payload, Concerned(happened, isWhole || payload.Type == "MailboxCreate"));
                break;
            case "MailboxDelete":
                _folders.Remove(payload.Number("mailbox", "id") ?? 0);
                break;
            case "MailboxSubscribe":
                if (payload.Text("mailbox", "path") is { } subscribed) _subscriptions.Add(subscribed);
                break;
            case "MailboxUnsubscribe":
                if (payload.Text("mailbox", "path") is { } unsubscribed) _subscriptions.Remove(unsubscribed);
                break;
        }
    }

    /// <summary>The folder the event is about, which is changed by it.</summary>
    private ReplayedFolder Concerned(ReplayedEvent happened, bool? isKnown = null)
    {
        var payload = happened.Payload;
        var id = payload.Number("mailbox", "id") ?? 0;
        if (!_folders.TryGetValue(id, out var folder))
        {
            _folders[id] = folder = new ReplayedFolder(id, isKnown ?? isWhole);
            Name(payload, folder);
        }

        folder.HighestModSeq = happened.ModSeq;
        if (payload.Number("counters", "uidNext") is { } next) folder.UidNext = next;
        return folder;
    }

    /// <summary>Where messages came from; a move changes it.</summary>
    private ReplayedFolder Source(ReplayedEvent happened)
    {
        var payload = happened.Payload;
        var id = payload.Number("mailbox", "oldId") ?? 0;
        if (!_folders.TryGetValue(id, out var folder))
        {
            _folders[id] = folder = new ReplayedFolder(id, isWhole)
            {
                Path = payload.Text("mailbox", "oldPath") ?? "",
                UidValidity = payload.Number("mailbox", "oldUidValidity") ?? 0,
            };
        }

        if (payload.Type == "MessageMove") folder.HighestModSeq = happened.ModSeq;
        return folder;
    }

    private static void Name(EventPayload payload, ReplayedFolder folder)
    {
        folder.Path = payload.Text("mailbox", "path") ?? "";
        folder.SpecialUse = payload.Text("mailbox", "specialUse");
        folder.UidValidity = payload.Number("mailbox", "uidValidity") ?? 0;
    }

    private void Arrive(ReplayedEvent happened, ReplayedFolder folder)
    {
        foreach (var entry in happened.Payload.Messages)
        {
            if (EventPayload.Number(entry, "uid") is not { } uid) continue;
            folder.Set(uid, new ReplayedMessage
            {
                Event = happened.Sequence,
                ModSeq = happened.ModSeq,
                Flags = FlagsAfter(entry),
                Email = EventPayload.Number(entry, "emailId"),
                Blob = EventMembers.Blob(entry),
                Prefix = BlobId.Of(PrefixOf(entry)),
                Size = EventPayload.Number(entry, "size"),
                InternalDate = SecondsOf(entry, "internalDate"),
                SaveDate = SecondsOf(entry, "saveDate"),
            });
        }
    }

    /// <summary>The first UID of one set becomes the first of the other, and so on.</summary>
    private static void Transfer(ReplayedEvent happened, ReplayedFolder source, ReplayedFolder folder)
    {
        var saved = happened.Payload.Record.Event.At.ToUnixTimeSeconds();
        foreach (var entry in happened.Payload.Messages)
        {
            var (olds, news) = (EventPayload.Text(entry, "oldUids"), EventPayload.Text(entry, "uids"));
            foreach (var (uid, known) in Sources(source, olds))
            {
                var index = NumberRuns.IndexOf(olds, uid)!.Value;
                if (NumberRuns.At(news, index) is not { } now) continue;
                var message = known ?? new ReplayedMessage
                {
                    Event = happened.Sequence,
                    ModSeq = happened.ModSeq,
                    Email = NumberRuns.At(EventPayload.Text(entry, "emailIds"), index),
                };
                if (happened.Payload.Type == "MessageMove") source.Remove(uid);
                folder.Set(now, message with { Event = happened.Sequence, ModSeq = happened.ModSeq, SaveDate = saved });
            }
        }
    }

    /// <summary>Messages from before the beginning of the log are known only by where they go to.</summary>
    private static IEnumerable<(uint Uid, ReplayedMessage? Message)> Sources(ReplayedFolder source, string? uids) =>
        source.IsWhole || NumberRuns.Count(uids) > MostUnknown
            ? source.In(uids).Select(m => (m.Uid, (ReplayedMessage?)m.Message))
            : NumberRuns.Numbers(uids).Select(uid => ((uint)uid, source.Messages.GetValueOrDefault((uint)uid))).ToList();

    private void Flag(ReplayedEvent happened, ReplayedFolder folder)
    {
        foreach (var entry in happened.Payload.Messages)
        {
            var flags = FlagsAfter(entry);
            foreach (var (uid, message) in folder.In(EventPayload.Text(entry, "uids")))
                folder.Set(uid, message with { Event = happened.Sequence, ModSeq = happened.ModSeq, Flags = flags });
        }
    }

    /// <summary>There are few different ones: each is one string.</summary>
    private string FlagsAfter(JsonElement entry)
    {
        var flags = entry.TryGetProperty("flagsAfter", out var array) ? EventPayload.Names(array) ?? "" : "";
        if (_flags.TryGetValue(flags, out var same)) return same;
        _flags.Add(flags, flags);
        return flags;
    }

    private static byte[] PrefixOf(JsonElement entry)
    {
        if (EventPayload.Text(entry, "prefix") is { } text) return Encoding.UTF8.GetBytes(text);
        return entry.TryGetProperty("prefixBase64", out var octets) && octets.TryGetBytesFromBase64(out var prefix) ? prefix : [];
    }

    private static long? SecondsOf(JsonElement entry, string member) =>
        entry.TryGetProperty(member, out var time) && time.ValueKind == JsonValueKind.String && time.TryGetDateTimeOffset(out var at)
            ? at.ToUnixTimeSeconds()
            : null;
}
