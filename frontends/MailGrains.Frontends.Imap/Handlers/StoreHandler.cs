using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Model;
using StoreMode = MailGrains.Grains.Contracts.Messages.StoreMode;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>STORE and UID STORE (RFC 9051 section 6.4.6) with UNCHANGEDSINCE (RFC 7162 section 3.1.3).</summary>
internal sealed class StoreHandler : ICommandHandler<StoreCommand>
{
    private const int MaxKeyword = 250;

    public async ValueTask<Reply> HandleAsync(ImapSession session, StoreCommand command)
    {
        if (session.View.ReadOnly) return Reply.No("Mailbox is selected read-only");
        if (CheckFlags(command.Flags) is { } wrong) return wrong;
        if (!MessageSet.TryResolve(session, command.Set, command.ByUid, out var messages, out var refusal)) return refusal;
        if (command.UnchangedSince is not null) session.Enable(EnabledFeatures.CondStore);

        var scope = command.ByUid ? UpdateScope.All : UpdateScope.WithoutExpunges;

        // With UNCHANGEDSINCE a repetition would find its own changes and refuse, were it not for the operation.
        BlobId? operation = command.UnchangedSince is null ? null : Operations.New();
        var request = new StoreRequest(
            messages.Set, messages.ByUid, Mode(command), command.Flags, scope, command.UnchangedSince, operation, command.Silent);
        var kinds = CallKinds.Change | (command.ByUid ? CallKinds.None : CallKinds.Numbered);
        var result = await session.Mailbox.CallAsync((grain, id) => grain.StoreAsync(id, request), kinds, session.Aborted);

        // The rows are numbered as they are after the expunges that came with them.
        session.Tell(result.Updates);
        session.TellNow();
        await WriteRowsAsync(session, command, result);

        if (!result.Modified.IsEmpty) return Reply.Done("Some messages were changed by others", $"MODIFIED {result.Modified}");
        return result.SomeExpunged ? Reply.No("Some messages no longer exist", ResponseCodes.ExpungeIssued) : Reply.Done("STORE done");
    }

    /// <summary>Null when all of them can be kept; also for APPEND.</summary>
    public static Reply? CheckFlags(IEnumerable<string> flags)
    {
        foreach (var flag in flags)
        {
            if (flag.StartsWith('\\') && !KeywordTable.Empty.TryGet(flag, out _)) return Reply.Bad("Unknown system flag");
            if (flag.Length > MaxKeyword) return Reply.No("Keyword too long", ResponseCodes.Limit);
        }

        return null;
    }

    private static StoreMode Mode(StoreCommand command) => command.Mode switch
    {
        MailGrains.Imap.Commands.StoreMode.Add => StoreMode.Add,
        MailGrains.Imap.Commands.StoreMode.Remove => StoreMode.Remove,
        _ => StoreMode.Replace,
    };

    /// <summary>FETCH responses with the new flags; of a silent STORE only the MODSEQ that CONDSTORE promises (RFC 7162 section 3.1.3).</summary>
    private static async ValueTask WriteRowsAsync(ImapSession session, StoreCommand command, StoreResult result)
    {
        var condStore = session.Has(EnabledFeatures.CondStore);
        if (command.Silent && !condStore) return;
        var fetch = session.Writer.Fetch;
        foreach (var slice in result.Rows.Slices)
        {
            foreach (var row in new Model.Columns.MessageRows([slice]))
            {
                fetch.Begin(row.Sequence);
                if (command.ByUid || condStore) fetch.Uid(row.Uid);
                if (!command.Silent) fetch.Flags(row.Flags, result.Keywords, session.IsRecent(row.Uid));
                if (condStore) fetch.ModSeq(row.ModSeq);
                fetch.End();
            }

            if (session.Connection.OutputIsFull) await session.Connection.FlushAsync(session.Aborted);
        }
    }
}
