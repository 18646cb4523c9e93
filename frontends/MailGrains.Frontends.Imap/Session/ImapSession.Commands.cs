using System.Buffers;
using MailGrains.Frontends.Imap.Append;
using MailGrains.Frontends.Imap.Handlers;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Imap.Responses;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>The command loop.</summary>
internal sealed partial class ImapSession
{
    public async Task RunAsync()
    {
        try
        {
            Writer.Untagged(ImapCondition.Ok, "MailGrains ready", Capabilities.Code(this));
            while (!_ended) await ReadSomeAsync();
        }
        finally
        {
            await CloseAsync();
        }
    }

    /// <summary>Waits for octets and runs the commands that are whole. Replies are sent when the client has nothing more for us.</summary>
    private async ValueTask ReadSomeAsync()
    {
        var reading = Connection.ReadAsync(Aborted);
        if (!reading.IsCompleted || Connection.OutputIsFull) await Connection.FlushAsync(Aborted);
        var read = await reading;
        if (read.IsCanceled && StopIfAsked())
        {
            Connection.AdvanceTo(read.Buffer.Start);
            return;
        }

        var outcome = _reader.Read(read.Buffer, Limits);
        while (outcome.Status == ImapReadStatus.Continuation)
        {
            Writer.Continuation("OK");
            outcome = _reader.Read(read.Buffer, Limits);
        }

        if (outcome.Status == ImapReadStatus.NeedMore)
        {
            Connection.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            await Connection.FlushAsync(Aborted);
            if (read.IsCompleted) _ended = true;
            return;
        }

        Connection.MarkCommand();
        await RunAsync(outcome);
    }

    private ValueTask RunAsync(in ImapReadResult outcome)
    {
        switch (outcome.Status)
        {
            case ImapReadStatus.Append:
                return RunAppendAsync(outcome.Bytes);
            case ImapReadStatus.Refused:
                Connection.AdvanceTo(outcome.Bytes.End);
                Refuse(outcome.Refusal!);
                return default;
        }

        var parsed = ImapCommandParser.Parse(outcome.Bytes, ParseOptions);
        if (parsed.Command is StartTlsCommand && State == SessionStates.NotAuthenticated && Connection.CanStartTls)
            return StartTlsAsync(parsed.Tag!, outcome.Bytes.End);

        Connection.AdvanceTo(outcome.Bytes.End);
        if (parsed.Command is { } command) return RunAsync(parsed.Tag!, command);
        Writer.Tagged(parsed.Tag, parsed.Error!);
        CountInvalid();
        return default;
    }

    /// <summary>Runs one command: state table, handler, changes, tagged response.</summary>
    private async ValueTask RunAsync(string tag, ImapCommand command)
    {
        Tag = tag;

        // RFC 9051 section 7.5.1: none while messages are spoken of by number.
        _mayExpunge = command is not (FetchCommand { ByUid: false } or StoreCommand { ByUid: false } or SearchCommand { ByUid: false });
        if (!CommandStates.Allows(State, command.Verb) || command.Verb == CommandVerb.Unknown)
        {
            Writer.Tagged(tag, ImapCondition.Bad, command.Verb == CommandVerb.Unknown ? "Unknown command" : "Command not allowed in this state");
            CountInvalid();
            return;
        }

        await FinishAsync(command.Verb, () => Dispatcher.HandleAsync(this, command));
    }

    private ValueTask RunAppendAsync(in ReadOnlySequence<byte> command)
    {
        var receiver = new AppendReceiver(this, command);
        Tag = receiver.Tag;
        _mayExpunge = true;
        return FinishAsync(CommandVerb.Append, receiver.ReceiveAsync);
    }

    private async ValueTask FinishAsync(CommandVerb verb, Func<ValueTask<Reply>> run)
    {
        var tag = Tag;
        Reply reply;
        try
        {
            reply = await run();
            if (reply.Sync is { } scope && State == SessionStates.Selected) await SyncAfterAsync(verb, scope);
        }
        catch (SessionLostException lost)
        {
            Log.SessionLost(Services.Log, Mailbox.Id.ToString(), Mailbox.Account);
            Bye(lost.Message, ResponseCodes.Unavailable);
            return;
        }
        catch (MailboxException closed) when (closed.Error == MailboxError.Disabled)
        {
            Bye(closed.Message);
            return;
        }
        catch (Exception failure) when (ErrorReplies.Of(failure, verb) is not null)
        {
            reply = ErrorReplies.Of(failure, verb)!.Value;
        }

        if (reply.Condition == ImapCondition.Bye) return;
        if (reply.Code == ErrorReplies.Corruption) Log.BodiesDamaged(Services.Log, Mailbox.Account, Mailbox.Id.ToString());
        TellNow();
        Writer.Tagged(tag, reply.Condition, reply.Text, reply.Code);
    }

    /// <summary>That the mailbox can't say now what else changed is no reason to refuse what was done: it is told with the next command.</summary>
    private async ValueTask SyncAfterAsync(CommandVerb verb, UpdateScope scope)
    {
        try
        {
            await SyncAsync(scope);
        }
        catch (MailboxException unavailable) when (unavailable.IsTemporary && verb is not (CommandVerb.Noop or CommandVerb.Check))
        {
        }
    }

    /// <summary>Asks the mailbox what changed.</summary>
    public async ValueTask SyncAsync(UpdateScope scope) =>
        Tell(await Mailbox.CallAsync((grain, id) => grain.SyncAsync(id, scope), CallKinds.Repeatable, Aborted));

    /// <summary>Writes what there is to tell and may be told now.</summary>
    public void TellNow()
    {
        if (_mailbox?.View is not { } view) return;
        foreach (var (updates, modSeq) in _mailbox.TakeUntold(_mayExpunge))
        {
            UpdateWriter.Write(this, view, updates, modSeq);
            if (updates.FolderGone) Bye("The selected mailbox has been deleted");
        }
    }

    private async ValueTask StartTlsAsync(string tag, SequencePosition afterLine)
    {
        var goAhead = new ArrayBufferWriter<byte>();
        new ImapResponseWriter(goAhead).Tagged(tag, ImapCondition.Ok, "Begin TLS negotiation now");
        if (!await Connection.StartTlsAsync(afterLine, goAhead.WrittenMemory))
        {
            _ended = true;
            return;
        }

        // Whatever was said in plain text may have been said by somebody else.
        Writer = new ImapResponseWriter(Connection.Output);
        FailedLogins = 0;
        _invalidCommands = 0;
    }

    private void Refuse(ImapRefusal refusal)
    {
        Writer.Tagged(refusal.Tag, refusal.Error);
        if (refusal.Bye) Bye(refusal.Error.Text, refusal.Error.Code);
        CountInvalid();
    }

    /// <summary>Who talks nonsense before login is no mail client.</summary>
    private void CountInvalid()
    {
        if (State == SessionStates.NotAuthenticated && ++_invalidCommands >= Services.Options.MaxInvalidCommands) Bye("Too many invalid commands");
    }
}
