using System.Buffers;
using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Lmtp.Handlers;
using MailGrains.Lmtp;
using MailGrains.Lmtp.Commands;

namespace MailGrains.Frontends.Lmtp;

/// <summary>One client's session: takes commands off the connection one by one and hands each to its handler.</summary>
internal sealed class LmtpSession(LineConnection connection, LmtpServices services) : IDisposable
{
    private int _errors;
    private bool _skippingLongLine;

    public LineConnection Connection => connection;

    public LmtpServices Services => services;

    public LmtpState State { get; private set; } = LmtpState.Fresh;

    /// <summary>What the client called itself in LHLO.</summary>
    public string ClientName { get; private set; } = "";

    /// <summary>Number of transactions begun.</summary>
    public int Transactions { get; private set; }

    /// <summary>Set between MAIL and the end of its transaction.</summary>
    public LmtpTransaction? Transaction { get; private set; }

    /// <summary>Set by a handler after which nothing more may be read.</summary>
    public bool IsOver { get; private set; }

    public async Task RunAsync()
    {
        Reply(services.Greeting);
        while (!IsOver)
        {
            // Replies to pipelined commands go out together: only when there is nothing left to read (RFC 2920 section 3.2).
            var reading = connection.ReadAsync();
            if (!reading.IsCompleted)
                await connection.FlushAsync();
            var input = await reading;
            if (connection.Stopping != SessionStop.None)
            {
                Reply(connection.Stopping == SessionStop.IdleTimeout ? LmtpReplies.TimedOut : LmtpReplies.Draining);
                return;
            }

            var (command, refusal) = TakeCommand(input.Buffer, out var next);
            if (command is StartTlsCommand)
                await StartTlsHandler.HandleAsync(this, next);
            else
            {
                connection.AdvanceTo(next, refusal is null && command is null ? input.Buffer.End : next);
                if (refusal is not null)
                    Refuse(refusal);
                else if (command is not null)
                    await ExecuteAsync(command);
                else if (input.IsCompleted)
                    return;
            }
        }
    }

    public void Reply(LmtpReply reply) => reply.WriteTo(connection.Output);

    /// <summary>Answers a command that was wrong; too many of them end the session.</summary>
    public void Refuse(LmtpReply reply)
    {
        Reply(reply);
        if (++_errors >= services.Options.MaxErrors)
            End("too many errors", LmtpReplies.TooManyErrors);
        else if (ReferenceEquals(reply, BdatCommand.BadSize))
            End("BDAT of unknown size");
    }

    public void End(string reason, LmtpReply? lastWord = null)
    {
        if (lastWord is not null)
            Reply(lastWord);
        connection.EndReason = reason;
        IsOver = true;
    }

    /// <summary>LHLO: a new beginning, as if RSET had been said.</summary>
    public void Greet(string clientName)
    {
        Reset();
        ClientName = clientName;
        State = LmtpState.Ready;
    }

    public void Begin(MailCommand mail)
    {
        Transactions++;
        Transaction = new LmtpTransaction(mail);
        State = LmtpState.Sender;
    }

    public void Accept(LmtpRecipient recipient)
    {
        // A relay that keeps its connection for hours may collect errors; one that delivers is not guessing.
        _errors = 0;
        Transaction!.Recipients.Add(recipient);
        State = LmtpState.Recipients;
    }

    public void BeginChunks() => State = LmtpState.Chunks;

    /// <summary>Ends the transaction, if there is one.</summary>
    public void Reset()
    {
        Transaction?.Dispose();
        Transaction = null;
        if (State != LmtpState.Fresh)
            State = LmtpState.Ready;
    }

    /// <summary>After STARTTLS nothing said in plain text counts any more (RFC 3207 section 4.2).</summary>
    public void Forget()
    {
        Reset();
        ClientName = "";
        State = LmtpState.Fresh;
    }

    public void Dispose() => Transaction?.Dispose();

    private (LmtpCommand? Command, LmtpReply? Refusal) TakeCommand(in ReadOnlySequence<byte> input, out SequencePosition next)
    {
        if (_skippingLongLine)
        {
            _skippingLongLine = !LmtpLine.TrySkip(input, out next);
            return (null, _skippingLongLine ? null : LmtpReplies.LineTooLong);
        }

        switch (LmtpLine.TryRead(input, out var line, out next))
        {
            case LmtpLineStatus.Complete:
                connection.MarkCommand();
                return Parse(line);
            case LmtpLineStatus.TooLong:
                _skippingLongLine = true;
                return TakeCommand(input, out next);
            default:
                return (null, null);
        }
    }

    private static (LmtpCommand? Command, LmtpReply? Refusal) Parse(in ReadOnlySequence<byte> line)
    {
        LmtpReply? refusal;
        if (line.IsSingleSegment)
            return (LmtpParser.Parse(line.FirstSpan, out refusal), refusal);

        Span<byte> copy = stackalloc byte[LmtpLine.MaxLength];
        copy = copy[..(int)line.Length];
        line.CopyTo(copy);
        return (LmtpParser.Parse(copy, out refusal), refusal);
    }

    private ValueTask ExecuteAsync(LmtpCommand command)
    {
        // A refused chunk must still be taken off the connection, so BDAT asks the table itself.
        if (command is not BdatCommand && LmtpStateTable.Refusal(State, command.Verb) is { } refusal)
        {
            Refuse(refusal);
            return default;
        }

        switch (command)
        {
            case MailCommand mail: MailHandler.Handle(this, mail); return default;
            case RcptCommand rcpt: return RcptHandler.HandleAsync(this, rcpt);
            case DataCommand: return DataHandler.HandleAsync(this);
            case BdatCommand bdat: return BdatHandler.HandleAsync(this, bdat);
            case LhloCommand lhlo: LhloHandler.Handle(this, lhlo); return default;
            case RsetCommand: RsetHandler.Handle(this); return default;
            case QuitCommand: QuitHandler.Handle(this); return default;
            case VrfyCommand: Reply(LmtpReplies.Vrfy); return default;
            case HelpCommand: Reply(LmtpReplies.Help); return default;
            case NoopCommand: Reply(LmtpReplies.Ok); return default;
            default: throw new InvalidOperationException($"No handler for {command.Verb}.");
        }
    }
}
