using System.Text;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Microbench.Events;

/// <summary>A mailbox whose commits are events and nothing else, so that the log fills as fast as it can.</summary>
internal sealed class TalkingMailbox(MailboxClaim claim)
{
    private MailboxHead _head = claim.Head;

    public MailboxCommit Say(int events)
    {
        var now = TimeProvider.System.GetUtcNow();
        var writes = new EventWrite[events];
        for (var i = 0; i < events; i++) writes[i] = Next(now);
        return new MailboxCommit { Account = claim.Account, Epoch = claim.Epoch, Head = _head, Events = writes };
    }

    private EventWrite Next(DateTimeOffset now)
    {
        var sequence = _head.EventSequence + 1;
        var payload = Encoding.ASCII.GetBytes(
            $$"""{"type":"MessageNew","version":1,"id":"{{Guid.CreateVersion7(now)}}","sequence":{{sequence}},"text":"{{new string('e', 600)}}"}""");
        var hash = EventHash.Compute(_head.LastEventHash, claim.Account, sequence, now, "MessageNew", payload);
        var write = new EventWrite(sequence, "MessageNew", now, _head.LastEventHash, hash, payload);
        _head = _head with { EventSequence = sequence, LastEventHash = hash };
        return write;
    }
}
