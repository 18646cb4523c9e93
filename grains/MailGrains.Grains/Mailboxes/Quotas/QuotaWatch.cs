using System.Buffers.Binary;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.Quotas;

/// <summary>
/// Remembers that something was refused for quota until there is room for it, so that the log is told once and not for each mail: QuotaExceed at the first
/// refusal, QuotaWithin with the change that makes room. What is remembered is kept among the mailbox's operations, under a name made of what the mailbox
/// holds: another activation finds it there, a change that leaves the mailbox over its quota carries it on, and it is forgotten with them, after 7 days.
/// </summary>
internal sealed class QuotaWatch(AccountId account, IMailboxStore store, MailboxLimits limits)
{
    private Task? _lookingUp;
    private Refusal? _refused;
    private bool _isKnown;
    private int _claim;

    /// <summary>
    /// For what brings messages: null when all is known that this may need, or the work to await before asking again. A mailbox that is far from its quota
    /// is not looked at: a delivery to it costs nothing more.
    /// </summary>
    public Task? ForArrival(MailboxHead head, long messages, long octets) =>
        IsUnknown && Quota.Refuses(limits, head, Math.Max(messages, 1), Math.Max(octets, limits.MaxMessageSize)) ? LookUp(head) : null;

    /// <summary>For what takes messages out: as <see cref="ForArrival"/>.</summary>
    public Task? ForRemoval(MailboxHead head) => IsUnknown ? LookUp(head) : null;

    /// <summary>Tells of a refusal, unless an earlier one has been told and there has been no room since.</summary>
    /// <param name="turn">One that has changed nothing.</param>
    /// <returns>False when there is nothing to commit.</returns>
    public bool Tell(MailboxTurn turn, Refusal refused)
    {
        if (_refused is not null) return false;
        (_refused, _isKnown) = (refused, true);
        QuotaEvents.Exceeded(turn, refused);
        turn.Operations.Add(Kept(turn, refused));
        return true;
    }

    /// <summary>To be called with every turn that changes what the mailbox holds, when all else has been applied.</summary>
    public void Settle(MailboxTurn turn)
    {
        if (_refused is not { } refused) return;
        if (!Quota.HasRoom(limits, turn.Head, refused))
        {
            turn.Operations.Add(Kept(turn, refused));
            return;
        }

        _refused = null;
        QuotaEvents.Within(turn);
    }

    /// <summary>The mailbox was claimed anew: what is remembered may not have become durable.</summary>
    public void Forget() => (_claim, _lookingUp, _refused, _isKnown) = (_claim + 1, null, null, false);

    private bool IsUnknown => !_isKnown && Quota.IsSet(limits);

    private OperationWrite Kept(MailboxTurn turn, Refusal refused) => new(NameOf(turn.Head), turn.Origin.At, refused.Encode());

    private Task LookUp(MailboxHead head) => _lookingUp is { IsCompleted: false } running ? running : _lookingUp = LookUpAsync(head, _claim);

    private async Task LookUpAsync(MailboxHead head, int claim)
    {
        try
        {
            var found = await store.FindOperationAsync(account, NameOf(head), CancellationToken.None);
            if (_isKnown || claim != _claim) return;
            (_refused, _isKnown) = (found is { } bytes ? Refusal.Decode(bytes.Span) : null, true);
        }
        catch (StoreUnavailableException)
        {
            throw MailboxFault.Unavailable();
        }
    }

    /// <summary>Changes with whatever changes how much there is; a content that was never there before makes it another name for good.</summary>
    private static OperationId NameOf(MailboxHead head)
    {
        Span<byte> name = stackalloc byte[25];
        name[0] = (byte)'Q';
        BinaryPrimitives.WriteInt64BigEndian(name[1..], head.LastEmail);
        BinaryPrimitives.WriteInt64BigEndian(name[9..], head.Messages);
        BinaryPrimitives.WriteInt64BigEndian(name[17..], head.SizeBytes);
        return new OperationId(BlobId.Of(name));
    }
}
