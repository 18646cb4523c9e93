using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.Quotas;
using MailGrains.Grains.Mailboxes.Sessions;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Model.Folders;
using MailGrains.Storage;
using MailGrains.Storage.Bodies;

namespace MailGrains.Grains.Mailboxes;

/// <content>New messages: APPEND and delivery.</content>
internal sealed partial class MailboxGrain
{
    public async Task CheckAppendAsync(SessionId session, string path, long octets)
    {
        while (_loader.Readable() is { } claiming) await claiming;
        if (Published.Find(Normal(path)) is null) throw MailboxFault.NonExistent();
        if (octets > _limits.MaxMessageSize) throw MailboxFault.TooBig();
        if (!Quota.Refuses(_limits, Published.Head, 1, octets)) return;

        while ((_loader.Claimed() ?? _quota.ForArrival(_pipeline.Head!.Head, 1, octets)) is { } loading) await loading;
        var turn = TurnOf(session);
        if (Quota.Refuses(_limits, turn.Head, 1, octets)) throw await RefusedAsync(turn, new Refusal(1, octets));
    }

    public async Task<AppendResult> AppendAsync(AppendRequest request)
    {
        var appending = request.Session == SessionId.None ? null : Session(request.Session);
        var outcome = await OnceAsync(
            request.Operation, (Grain: this, appending, request), static s => s.Grain.AppendOnceAsync(s.appending, s.request));
        var updates = appending is null ? SessionUpdates.None : await AdvanceAfterAsync(appending, appending.Selection, request.Scope);
        return new AppendResult(outcome.Result.UidValidity, outcome.Result.Uids, updates);
    }

    public async Task<DeliveryResult> DeliverAsync(Delivery delivery)
    {
        var (result, repeated) = await OnceAsync(
            delivery.Operation, (Grain: this, delivery), static s => s.Grain.DeliverOnceAsync(s.delivery), isDelivery: true);
        var hash = result.EventHash ?? await EventHashAsync(result.EventSequence);
        return new DeliveryResult(result.Path, result.UidValidity, result.FirstUid, result.Email, result.EventSequence, hash, repeated);
    }

    private async Task<StoredResult> AppendOnceAsync(MailboxSession? session, AppendRequest request)
    {
        var path = Normal(request.Path);
        if (request.Messages.IsEmpty) throw MailboxFault.Cannot("Nothing to append");
        if (!_blocking.IsEmpty && !await _blocking.MayBeginAsync(_account, "MessageAppend")) throw MailboxFault.Unavailable();
        var locators = new BodyLocator[request.Messages.Length];
        var size = request.Messages.Sum(message => (long)message.Content.Bytes.Length);

        // Asked before and after: what there is no room for must not fill the disk, and others take room meanwhile.
        await CheckRoomAsync(session, request, path, size);
        for (var i = 0; i < locators.Length; i++) locators[i] = await StoreBodyAsync(request.Messages[i].Content, prefixLength: 0);
        while (LoadingFor(path, locators.Length, size) is { } loading) await loading;

        var turn = TurnOf(session, request);
        if (Quota.Refuses(_limits, turn.Head, locators.Length, size)) throw await RefusedAsync(turn, new Refusal(locators.Length, size));
        var messages = new IncomingMessage[locators.Length];
        for (var i = 0; i < messages.Length; i++)
        {
            var (content, names, date) = request.Messages[i];
            var flags = FlagNames.Add(turn, names);
            messages[i] = new IncomingMessage(content, default, locators[i], flags, (date ?? turn.Origin.At).ToUnixTimeSeconds());
        }

        var folder = turn.Folder(path).Row;
        var arrivals = ArrivalTurn.Apply(turn, folder.Id, messages);
        var sequence = ArrivalEvents.Append(turn, turn.Folder(folder.Id), arrivals);
        return await CommitArrivalAsync(turn, request.Operation, folder.Id, arrivals, sequence);
    }

    private async Task CheckRoomAsync(MailboxSession? session, AppendRequest request, string path, long size)
    {
        var messages = request.Messages.Length;
        while (LoadingFor(path, messages, size) is { } loading) await loading;
        if (Quota.Refuses(_limits, _pipeline.Head!.Head, messages, size)) throw await RefusedAsync(TurnOf(session, request), new Refusal(messages, size));
    }

    private MailboxTurn TurnOf(MailboxSession? session, AppendRequest request) =>
        session is null && request.By is { } by ? Turn(SessionId.None, by) : Turn(session);

    /// <summary>What has to be waited for, and asked again, before messages can be put into a folder; null: nothing.</summary>
    private Task? LoadingFor(string path, int messages, long size) =>
        _loader.Claimed() ?? DestinationTail(path) ?? _quota.ForArrival(_pipeline.Head!.Head, messages, size);

    private async Task<StoredResult> DeliverOnceAsync(Delivery delivery)
    {
        if (!_blocking.IsEmpty && !await _blocking.MayBeginAsync(_account, "MessageNew")) throw MailboxFault.Unavailable();
        var body = await StoreBodyAsync(delivery.Content, delivery.Prefix.Length);
        var size = delivery.Prefix.Length + (long)delivery.Content.Bytes.Length;
        FolderId target = default;
        while ((_loader.Claimed() ?? _loader.Tail(target = DeliveryFolder(delivery.Detail))
            ?? _quota.ForArrival(_pipeline.Head!.Head, 1, size)) is { } loading) await loading;

        var turn = Turn(SessionId.None, delivery.Origin);
        if (Quota.Refuses(_limits, turn.Head, 1, size)) throw await RefusedAsync(turn, new Refusal(1, size));
        var message = new IncomingMessage(delivery.Content, delivery.Prefix, body, MessageFlags.None, turn.Origin.At.ToUnixTimeSeconds());
        var arrivals = ArrivalTurn.Apply(turn, target, [message]);
        var sequence = ArrivalEvents.New(turn, turn.Folder(target), arrivals[0], delivery);
        return await CommitArrivalAsync(turn, delivery.Operation, target, arrivals, sequence);
    }

    private Task<StoredResult> CommitArrivalAsync(
        MailboxTurn turn, BlobId operation, FolderId target, Arrival[] arrivals, long eventSequence)
    {
        var row = turn.Folder(target).Row;
        var (entry, _, _) = arrivals[0];
        var result = new StoredResult(row.Path, row.UidValidity, entry.Uid, (uint)arrivals.Length, entry.Email, eventSequence)
        {
            EventHash = turn.Head.LastEventHash,
        };
        _quota.Settle(turn);
        return CommitOnceAsync(turn, operation, result);
    }

    /// <summary>The answer to what the quota has no room for; the log has been told when it is there.</summary>
    /// <param name="turn">One that has changed nothing.</param>
    private async Task<MailboxException> RefusedAsync(MailboxTurn turn, Refusal refused)
    {
        if (_quota.Tell(turn, refused)) await _pipeline.CommitAsync(turn);
        return MailboxFault.OverQuota();
    }

    /// <summary>Of an event written long ago; null when the log hasn't it any more, or can't be read now.</summary>
    private async Task<BlobId?> EventHashAsync(long sequence)
    {
        try
        {
            var found = await _events.ReadMailboxAsync(_account, sequence - 1, limit: 1, CancellationToken.None);
            return found is [var record] && record.Event.Sequence == sequence ? record.Event.Hash : null;
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private async ValueTask<BodyLocator> StoreBodyAsync(MessageContent content, int prefixLength)
    {
        if ((long)content.Bytes.Length + prefixLength > _limits.MaxMessageSize) throw MailboxFault.TooBig();
        try
        {
            return await _bodies.AppendAsync(content.Blob, content.Bytes, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            throw MailboxFault.Unavailable();
        }
    }

    /// <summary>The folder an address's detail names, whatever its case; INBOX when it names none.</summary>
    private FolderId DeliveryFolder(string? detail)
    {
        var head = _pipeline.Head!;
        if (detail is null || !FolderPath.TryNormalize(detail, out var path)) return head.Paths[FolderPath.Inbox];
        if (head.Paths.TryGetValue(path, out var exact)) return exact;
        foreach (var (name, id) in head.Paths)
        {
            if (name.Equals(path, StringComparison.OrdinalIgnoreCase)) return id;
        }

        return head.Paths[FolderPath.Inbox];
    }
}
