using System.Collections.Frozen;

namespace MailGrains.Imap;

/// <summary>Which command is legal in which state (RFC 9051 section 6.1 to 6.4).</summary>
public static class CommandStates
{
    private static readonly FrozenDictionary<CommandVerb, SessionStates> Table = new Dictionary<CommandVerb, SessionStates>
    {
        [CommandVerb.Unknown] = SessionStates.Any,
        [CommandVerb.Capability] = SessionStates.Any,
        [CommandVerb.Noop] = SessionStates.Any,
        [CommandVerb.Logout] = SessionStates.Any,
        [CommandVerb.Id] = SessionStates.Any,
        [CommandVerb.StartTls] = SessionStates.NotAuthenticated,
        [CommandVerb.Authenticate] = SessionStates.NotAuthenticated,
        [CommandVerb.Login] = SessionStates.NotAuthenticated,
        [CommandVerb.Enable] = SessionStates.LoggedIn,
        [CommandVerb.Select] = SessionStates.LoggedIn,
        [CommandVerb.Examine] = SessionStates.LoggedIn,
        [CommandVerb.Create] = SessionStates.LoggedIn,
        [CommandVerb.Delete] = SessionStates.LoggedIn,
        [CommandVerb.Rename] = SessionStates.LoggedIn,
        [CommandVerb.Subscribe] = SessionStates.LoggedIn,
        [CommandVerb.Unsubscribe] = SessionStates.LoggedIn,
        [CommandVerb.List] = SessionStates.LoggedIn,
        [CommandVerb.Lsub] = SessionStates.LoggedIn,
        [CommandVerb.Namespace] = SessionStates.LoggedIn,
        [CommandVerb.Status] = SessionStates.LoggedIn,
        [CommandVerb.Append] = SessionStates.LoggedIn,
        [CommandVerb.Idle] = SessionStates.LoggedIn,
        [CommandVerb.Check] = SessionStates.Selected,
        [CommandVerb.Close] = SessionStates.Selected,
        [CommandVerb.Unselect] = SessionStates.Selected,
        [CommandVerb.Expunge] = SessionStates.Selected,
        [CommandVerb.Search] = SessionStates.Selected,
        [CommandVerb.Fetch] = SessionStates.Selected,
        [CommandVerb.Store] = SessionStates.Selected,
        [CommandVerb.Copy] = SessionStates.Selected,
        [CommandVerb.Move] = SessionStates.Selected,
    }.ToFrozenDictionary();

    /// <summary>True when <paramref name="verb"/> may run in <paramref name="state"/>, one of the single states.</summary>
    public static bool Allows(SessionStates state, CommandVerb verb) => Table.TryGetValue(verb, out var states) && (states & state) != 0;
}
