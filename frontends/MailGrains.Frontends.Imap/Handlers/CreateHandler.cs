using MailGrains.Frontends.Imap.Folders;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>CREATE (RFC 9051 section 6.3.4) with USE (RFC 6154 section 3).</summary>
internal sealed class CreateHandler : ICommandHandler<CreateCommand>
{
    // \All and \Flagged would be virtual mailboxes; \Junk and the rest are marks only.
    private static readonly string[] Uses = ["Archive", "Drafts", "Junk", "Sent", "Trash", "Important"];

    public async ValueTask<Reply> HandleAsync(ImapSession session, CreateCommand command)
    {
        if (!command.Mailbox.IsValid) return Reply.No("Invalid mailbox name", ResponseCodes.Cannot);
        if (command.SpecialUse.Length > 1) return Reply.No("A mailbox has one special use", ResponseCodes.UseAttr);
        string? use = null;
        if (command.SpecialUse.Length == 1)
        {
            use = Array.Find(Uses, u => u.Equals(command.SpecialUse[0].TrimStart('\\'), StringComparison.OrdinalIgnoreCase));
            if (use is null) return Reply.No("Special use not supported", ResponseCodes.UseAttr);
        }

        // The client's hint that it will create names below this one.
        var path = command.Mailbox.Value.EndsWith('/') ? command.Mailbox.Value[..^1] : command.Mailbox.Value;
        var operation = Operations.New();
        var folder = await session.Mailbox.CallAsync(
            (grain, id) => grain.CreateFolderAsync(id, path, use, operation), CallKinds.Change, session.Aborted);
        NormalizedName.TellCreated(session, path, folder.Path, folder.SpecialUse);
        return Reply.Ok("CREATE done", $"MAILBOXID ({session.ObjectIds.OfFolder(folder.Id)})");
    }
}
