using MailGrains.Frontends.Imap.Folders;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>SELECT and EXAMINE (RFC 9051 sections 6.3.2 and 6.3.3), with CONDSTORE and QRESYNC (RFC 7162 section 3.2.5).</summary>
internal sealed class SelectHandler : ICommandHandler<SelectCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, SelectCommand command)
    {
        if (command.Qresync is not null && !session.Has(EnabledFeatures.Qresync)) return Reply.Bad("QRESYNC is not enabled");
        var left = Leave(session);
        if (!command.Mailbox.IsValid)
        {
            // No SELECT follows that would leave it.
            if (left) await session.Mailbox.CallAsync((grain, id) => grain.UnselectAsync(id), CallKinds.Repeatable, session.Aborted);
            return Reply.No("No such mailbox", ResponseCodes.NonExistent);
        }

        if (command.CondStore) session.Enable(EnabledFeatures.CondStore);

        var readOnly = command.Verb == CommandVerb.Examine;
        var request = new SelectRequest(command.Mailbox.Value, readOnly, Resync(command.Qresync));
        var folder = await session.Mailbox.CallAsync((grain, id) => grain.SelectAsync(id, request), CallKinds.Repeatable, session.Aborted);

        var view = new SelectedView(folder, readOnly);
        session.Selected(view);
        Write(session, command.Mailbox.Value, folder, view);
        return readOnly
            ? Reply.Done("Mailbox selected, read-only", ResponseCodes.ReadOnly)
            : Reply.Done("Mailbox selected", ResponseCodes.ReadWrite);
    }

    /// <summary>A mailbox selected before is left even if the new one can't be selected; the mailbox grain leaves it when it is told the new one.</summary>
    private static bool Leave(ImapSession session)
    {
        if (session.State != SessionStates.Selected) return false;
        session.Deselected();
        session.Writer.Untagged(ImapCondition.Ok, "Previous mailbox closed", ResponseCodes.Closed);
        return true;
    }

    private static ResyncRequest? Resync(QresyncParameters? parameters) => parameters is null
        ? null
        : new ResyncRequest(parameters.UidValidity, parameters.ModSeq, parameters.KnownUids, parameters.KnownSequences, parameters.KnownSequenceUids);

    private static void Write(ImapSession session, string given, SelectedFolder folder, SelectedView view)
    {
        var writer = session.Writer;
        UpdateWriter.WriteFlags(writer, view);
        writer.Exists(folder.Exists);
        if (session.Has(EnabledFeatures.Rev2))
        {
            writer.List(NormalizedName.Entry(given, folder.Path, folder.SpecialUse));
        }
        else
        {
            writer.Recent((uint)folder.Recent.Count);
            if (folder.FirstUnseen is { } unseen) writer.Untagged(ImapCondition.Ok, "First unseen", $"UNSEEN {unseen}");
        }

        writer.Untagged(ImapCondition.Ok, "UIDs valid", $"UIDVALIDITY {folder.UidValidity}");
        writer.Untagged(ImapCondition.Ok, "Predicted next UID", $"UIDNEXT {folder.UidNext}");
        writer.Untagged(ImapCondition.Ok, "Highest", $"HIGHESTMODSEQ {folder.HighestModSeq}");
        writer.Untagged(ImapCondition.Ok, "Mailbox id", $"MAILBOXID ({session.ObjectIds.OfFolder(folder.Folder)})");
        if (folder.Vanished is { } vanished) writer.Vanished(vanished, earlier: true);
        UpdateWriter.WriteRows(session, view, folder.Changed);
    }
}
