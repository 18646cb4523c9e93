using System.Buffers;
using System.Collections.Immutable;
using MailGrains.Frontends.Imap.Handlers;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Imap;
using MailGrains.Model;
using ContractMessage = MailGrains.Grains.Contracts.Messages.AppendMessage;

namespace MailGrains.Frontends.Imap.Append;

/// <summary>
/// APPEND (RFC 9051 section 6.3.12, RFC 3502, RFC 3516, RFC 6855 section 4): checks mailbox and size before a message is uploaded that is waited for or
/// not small, takes the octets into one pooled buffer each, and stores all or none. After a refusal, what the client sends anyway is drained, so
/// that it never runs as a command.
/// </summary>
internal sealed class AppendReceiver
{
    /// <summary>A message below this size that the client sends without waiting is taken first: asking before costs more than the octets.</summary>
    private const int AskedForFrom = 64 << 10;

    private readonly ImapSession _session;
    private readonly ImapAppendReader _reader;
    private readonly List<UploadedMessage> _messages = [];
    private AppendStep _step;
    private int _calls;

    public AppendReceiver(ImapSession session, in ReadOnlySequence<byte> command)
    {
        _session = session;
        _reader = new ImapAppendReader(session.Limits, session.ParseOptions);
        _step = _reader.Begin(command);
        session.Connection.AdvanceTo(command.End);
    }

    public string Tag => _reader.Tag ?? "*";

    public async ValueTask<Reply> ReceiveAsync()
    {
        Exception? failed = null;
        try
        {
            while (_step.Status == AppendStatus.Message && !_session.HasEnded) await ReceiveMessageAsync();
            if (_step.Status == AppendStatus.Bye) _session.Bye("Too much to read", ResponseCodes.TooBig);
            if (_reader.Error is { } error) return Reply.Of(error);
            return _session.HasEnded ? Reply.None : await StoreAsync();
        }
        catch (Exception failure)
        {
            failed = failure;
            throw;
        }
        finally
        {
            // Those that may still be read are left to the collector.
            if (!MayStillBeRead(_calls, failed)) _messages.ForEach(m => m.Dispose());
        }
    }

    /// <summary>
    /// Whether a call that was given up on, by a repetition or for good, may still be under way in another turn and read the buffers: always, unless the
    /// first has answered, be it with a refusal.
    /// </summary>
    /// <param name="calls">How often the mailbox was asked to store.</param>
    /// <param name="failed">How that ended; null when it has stored.</param>
    internal static bool MayStillBeRead(int calls, Exception? failed) =>
        calls > 1 || (calls == 1 && failed is not (null or MailboxException { Error: not MailboxError.Unavailable }));

    private async ValueTask ReceiveMessageAsync()
    {
        await CheckAsync();
        if (_step.Status != AppendStatus.Message) return;
        if (_step.Message is { NeedsContinuation: true }) _session.Writer.Continuation("OK");
        if (_reader.Error is null && _step.Message is { } message)
        {
            var upload = new UploadedMessage(message);
            _messages.Add(upload);
            await TakeAsync(_step.Octets, upload);
        }
        else
        {
            await TakeAsync(_step.Octets, null);
        }

        if (!_session.HasEnded) await ReadNextAsync();
    }

    /// <summary>Everything that can be said before the octets come.</summary>
    private async ValueTask CheckAsync()
    {
        if (_step.Message is not { } message || _reader.Error is not null) return;
        if (!_reader.Mailbox.IsValid) Fail(ImapError.No("No such mailbox", ResponseCodes.TryCreate));
        else if (message.Utf8 && !_session.Has(EnabledFeatures.Utf8)) Fail(ImapError.Bad("UTF8 is not enabled"));
        else if (StoreHandler.CheckFlags(message.Flags) is { } wrong) Fail(new ImapError(wrong.Condition, wrong.Text, wrong.Code));
        else if (message.NeedsContinuation || message.Octets >= AskedForFrom || _messages.Count > 0)
        {
            try
            {
                await _session.Mailbox.CallAsync(
                    (grain, id) => grain.CheckAppendAsync(id, _reader.Mailbox.Value, message.Octets), CallKinds.Repeatable, _session.Aborted);
            }
            catch (MailboxException refused)
            {
                var reply = ErrorReplies.Of(refused, CommandVerb.Append)!.Value;
                Fail(new ImapError(reply.Condition, reply.Text, reply.Code));
            }
        }
    }

    private void Fail(ImapError error) => _step = _reader.Fail(error, _step);

    /// <summary>Takes exactly so many octets; without an upload they are only drained.</summary>
    private async ValueTask TakeAsync(int octets, UploadedMessage? upload)
    {
        await _session.Connection.FlushAsync(_session.Aborted);
        while (octets > 0)
        {
            var read = await _session.Connection.ReadAsync(_session.Aborted);
            var piece = read.Buffer.Slice(0, Math.Min(octets, read.Buffer.Length));
            upload?.Add(piece);
            octets -= (int)piece.Length;
            _session.Connection.MarkBodyProgress(piece.Length);
            _session.Connection.AdvanceTo(piece.End);
            if (octets == 0) return;
            if (read.IsCanceled && _session.StopIfAsked()) return;
            if (read.IsCompleted)
            {
                _session.End();
                return;
            }
        }
    }

    private async ValueTask ReadNextAsync()
    {
        while (true)
        {
            var read = await _session.Connection.ReadAsync(_session.Aborted);
            _step = _reader.Next(read.Buffer);
            if (_step.Status != AppendStatus.NeedMore)
            {
                _session.Connection.AdvanceTo(_step.Bytes.End);
                return;
            }

            _session.Connection.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCanceled && _session.StopIfAsked()) return;
            if (read.IsCompleted)
            {
                _session.End();
                return;
            }
        }
    }

    private async ValueTask<Reply> StoreAsync()
    {
        var messages = _messages.Select(m => new ContractMessage(m.ToContent(), m.Message.Flags, m.Message.InternalDate)).ToImmutableArray();
        var request = new AppendRequest(_session.Mailbox.Id, Operations.New(), _reader.Mailbox.Value, messages);
        var result = await _session.Mailbox.CallAsync(
            (grain, id) =>
            {
                _calls++;
                return grain.AppendAsync(request with { Session = id });
            },
            CallKinds.Change,
            _session.Aborted);
        _session.Tell(result.Updates);
        return Reply.Done("APPEND done", $"APPENDUID {result.UidValidity} {result.Uids}");
    }
}
