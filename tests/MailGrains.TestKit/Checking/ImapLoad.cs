using System.Globalization;
using MailGrains.TestKit.Clients;

namespace MailGrains.TestKit.Checking;

/// <summary>One IMAP session that works without pause on messages of its own: appends, flags, copies, moves, expunges.</summary>
internal sealed class ImapLoad(LoadRun run, string user, int number, IEnumerable<MessageHistory> mine)
{
    private const string Archive = "Archive";

    private readonly Random _random = new((run.Round * 1000) + number);
    private readonly List<MessageHistory> _mine = [.. mine];
    private string _selected = "";
    private int _next;

    public Task RunAsync(CancellationToken cancellation) => run.RunClientAsync(async () =>
    {
        _selected = "";
        using var imap = await RawImap.LoggedInAsync(run.Ends.Imap(), user, LoadRun.Password, cancellation);
        while (!run.IsOver)
        {
            var pick = Pick();
            if (pick is not var (history, place) || _random.Next(3) == 0) await AppendAsync(imap, cancellation);
            else await ChangeAsync(imap, history, place, cancellation);
        }
    });

    private (MessageHistory History, Placement Place)? Pick()
    {
        if (_mine.Count == 0) return null;
        var history = _mine[_random.Next(_mine.Count)];
        var places = history.Possible[0].Where(p => p.Uid is not null).ToList();
        if (history.IsCertain && places.Count > 0) return (history, places[_random.Next(places.Count)]);
        _mine.Remove(history);
        return null;
    }

    private async Task AppendAsync(RawImap imap, CancellationToken cancellation)
    {
        var token = $"imap-{run.Round}-{number}-{_next++}";
        var history = new MessageHistory(user, token, LoadMessages.Make(token));
        run.Checker.Add(history);
        history.Begin("MessageAppend", _ => [new Placement("INBOX", null, false)]);
        var reply = await imap.AppendAsync("INBOX", "", history.Content, cancellation);
        if (!Finish(history, reply, after => Learn(after, "INBOX", reply, "APPENDUID", token))) return;
        _mine.Add(history);
    }

    private async Task ChangeAsync(RawImap imap, MessageHistory history, Placement place, CancellationToken cancellation)
    {
        await SelectAsync(imap, place.Folder, cancellation);
        switch (_random.Next(6))
        {
            case 0 or 1:
                var toggled = place with { Flagged = !place.Flagged };
                await StoreAsync(imap, history, place, place.Flagged ? "FlagsClear" : "FlagsSet", "\\Flagged", toggled, cancellation);
                break;
            case 2 when history.Possible[0].Count < 3:
                await TransferAsync(imap, history, place, "COPY", cancellation);
                break;
            case 3:
                await TransferAsync(imap, history, place, "MOVE", cancellation);
                break;
            default:
                await ExpungeAsync(imap, history, place, cancellation);
                break;
        }
    }

    private async Task StoreAsync(
        RawImap imap, MessageHistory history, Placement place, string eventType, string flag, Placement changed, CancellationToken cancellation)
    {
        history.Begin(eventType, before => [.. before.Where(p => p != place), changed]);
        var sign = eventType == "FlagsClear" ? '-' : '+';
        Finish(history, await imap.RunAsync($"UID STORE {place.Uid} {sign}FLAGS.SILENT ({flag})", cancellation), after => after);
    }

    private async Task TransferAsync(RawImap imap, MessageHistory history, Placement place, string verb, CancellationToken cancellation)
    {
        var target = place.Folder == Archive ? "INBOX" : Archive;
        var copy = place with { Folder = target, Uid = null };
        history.Begin(
            verb == "COPY" ? "MessageCopy" : "MessageMove",
            before => [.. before.Where(p => verb == "COPY" || p != place), copy]);
        var reply = await imap.RunAsync($"UID {verb} {place.Uid} \"{target}\"", cancellation);
        Finish(history, reply, after => Learn(after, target, reply, "COPYUID", history.Token));
    }

    private async Task ExpungeAsync(RawImap imap, MessageHistory history, Placement place, CancellationToken cancellation)
    {
        var deleted = place with { Deleted = true };
        if (!place.Deleted) await StoreAsync(imap, history, place, "MessageTrash", "\\Deleted", deleted, cancellation);
        if (!history.IsCertain || !history.Possible[0].Contains(deleted)) return;
        history.Begin("MessageExpunge", before => [.. before.Where(p => p != deleted)]);
        Finish(history, await imap.RunAsync($"UID EXPUNGE {place.Uid}", cancellation), after => after);
    }

    private async Task SelectAsync(RawImap imap, string folder, CancellationToken cancellation)
    {
        if (_selected == folder) return;
        (await imap.RunAsync($"SELECT \"{folder}\"", cancellation)).Ok();
        _selected = folder;
    }

    private bool Finish(MessageHistory history, RawImapReply reply, Func<IReadOnlyList<Placement>, IReadOnlyList<Placement>> learnt)
    {
        if (reply.IsOk)
        {
            history.Acknowledged(learnt);
            run.Acknowledged();
            return true;
        }

        run.Refused(history, reply.Tagged);
        return false;
    }

    /// <summary>APPENDUID and COPYUID end in the UID of the new place.</summary>
    private List<Placement> Learn(IReadOnlyList<Placement> after, string folder, RawImapReply reply, string name, string token)
    {
        var code = reply.Code(name);
        if (code.Length < 2) throw new InvalidOperationException($"{user}, {token}: no {name} in {reply.Tagged}");
        var uid = uint.Parse(code[^1], CultureInfo.InvariantCulture);
        run.Checker.Told(user, folder, uint.Parse(code[0], CultureInfo.InvariantCulture), uid, token);
        var places = after.ToList();
        var index = places.FindLastIndex(p => p.Folder == folder && p.Uid is null);
        places[index] = places[index] with { Uid = uid };
        return places;
    }
}
