using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>Which handler runs which command. APPEND has none: it is received piece by piece.</summary>
internal static class Dispatcher
{
    private static readonly Func<ImapSession, ImapCommand, ValueTask<Reply>>?[] Table = MakeTable();

    public static ValueTask<Reply> HandleAsync(ImapSession session, ImapCommand command) => Table[(int)command.Verb] is { } handler
        ? handler(session, command)
        : ValueTask.FromResult(Reply.Bad("Command not available"));

    private static Func<ImapSession, ImapCommand, ValueTask<Reply>>?[] MakeTable()
    {
        var table = new Func<ImapSession, ImapCommand, ValueTask<Reply>>?[Enum.GetValues<CommandVerb>().Length];
        Add(CommandVerb.Capability, new CapabilityHandler());
        Add(CommandVerb.Noop, new NoopHandler());
        Add(CommandVerb.Logout, new LogoutHandler());
        Add(CommandVerb.Id, new IdHandler());
        Add(CommandVerb.StartTls, new StartTlsHandler());
        Add(CommandVerb.Authenticate, new AuthenticateHandler());
        Add(CommandVerb.Login, new LoginHandler());
        Add(CommandVerb.Enable, new EnableHandler());
        Add(CommandVerb.Select, new SelectHandler());
        Add(CommandVerb.Examine, new SelectHandler());
        Add(CommandVerb.Create, new CreateHandler());
        Add(CommandVerb.Delete, new DeleteHandler());
        Add(CommandVerb.Rename, new RenameHandler());
        Add(CommandVerb.Subscribe, new SubscribeHandler());
        Add(CommandVerb.Unsubscribe, new UnsubscribeHandler());
        Add(CommandVerb.List, new ListHandler());
        Add(CommandVerb.Lsub, new LsubHandler());
        Add(CommandVerb.Namespace, new NamespaceHandler());
        Add(CommandVerb.Status, new StatusHandler());
        Add(CommandVerb.Idle, new IdleHandler());
        Add(CommandVerb.Check, new CheckHandler());
        Add(CommandVerb.Close, new CloseHandler());
        Add(CommandVerb.Unselect, new UnselectHandler());
        Add(CommandVerb.Expunge, new ExpungeHandler());
        Add(CommandVerb.Search, new SearchHandler());
        Add(CommandVerb.Fetch, new FetchHandler());
        Add(CommandVerb.Store, new StoreHandler());
        Add(CommandVerb.Copy, new CopyHandler());
        Add(CommandVerb.Move, new MoveHandler());
        return table;

        void Add<TCommand>(CommandVerb verb, ICommandHandler<TCommand> handler)
            where TCommand : ImapCommand => table[(int)verb] = (session, command) => handler.HandleAsync(session, (TCommand)command);
    }
}
