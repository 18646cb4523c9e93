using MailGrains.Lmtp;
using MailGrains.Lmtp.Commands;

namespace MailGrains.Frontends.Lmtp.Handlers;

internal static class BdatHandler
{
    public static async ValueTask HandleAsync(LmtpSession session, BdatCommand command)
    {
        var refusal = LmtpStateTable.Refusal(session.State, command.Verb)
            ?? (session.Transaction!.HasFailed ? LmtpReplies.ChunkAfterFailure : null);
        var limit = session.Services.Options.MaxMessageSize;
        if (command.Size > limit)
        {
            // Such a chunk would only be read to be thrown away; closing is the answer that costs neither side anything.
            session.End("chunk over the limit", refusal ?? LmtpReplies.TooBig);
            return;
        }

        var transaction = refusal is null ? session.Transaction : null;
        if (transaction is not null)
            transaction.Chunks ??= new MessageBuffer(transaction.AnnouncedSize ?? command.Size, limit);
        if (!await BodyReader.ReadChunkAsync(session.Connection, command.Size, transaction?.Chunks))
            return;

        if (refusal is not null)
            session.Refuse(refusal);
        else
            await AnswerAsync(session, transaction!, command.Last);
    }

    private static async ValueTask AnswerAsync(LmtpSession session, LmtpTransaction transaction, bool last)
    {
        var chunks = transaction.Chunks!;
        if (last)
        {
            transaction.Chunks = null;
            await DataHandler.DeliverAsync(session, transaction, chunks);
            return;
        }

        session.BeginChunks();
        transaction.HasFailed = chunks.IsOverLimit;
        session.Reply(chunks.IsOverLimit ? LmtpReplies.TooBig : LmtpReplies.ChunkOk);
    }
}
