using MailGrains.Frontends.Connections;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>Hears from the mailbox and wakes the connection when it is in IDLE. Called on the silo's threads.</summary>
internal sealed class MailboxEar(LineConnection connection) : IMailboxObserver
{
    private int _idling;

    /// <summary>True while the session waits in IDLE and wants to be woken.</summary>
    public bool Idling
    {
        get => Volatile.Read(ref _idling) != 0;
        set => Volatile.Write(ref _idling, value ? 1 : 0);
    }

    /// <summary>Why the mailbox wants the session to end; fit for the client.</summary>
    public string? EvictionReason { get; private set; }

    public void Changed(FolderId folder, long modSeq) => Wake();

    public void Moved() => Wake();

    public void Evicted(string reason)
    {
        EvictionReason = reason;
        connection.Stop(SessionStop.Kicked);
    }

    public void Wake()
    {
        if (Idling) connection.Wake();
    }
}
