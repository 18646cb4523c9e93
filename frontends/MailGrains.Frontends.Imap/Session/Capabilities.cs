using System.Globalization;
using MailGrains.Imap;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>What is advertised: only what works in this state of the session.</summary>
internal static class Capabilities
{
    private static readonly string[] Always = ["IMAP4rev1", "IMAP4rev2", "SASL-IR", "ID", "ENABLE"];

    private static readonly string[] LoggedIn =
    [
        .. Always, "LITERAL+", "IDLE", "NAMESPACE", "CHILDREN", "UNSELECT", "UIDPLUS", "MOVE", "CONDSTORE", "QRESYNC", "ESEARCH", "SEARCHRES",
        "LIST-EXTENDED", "LIST-STATUS", "STATUS=SIZE", "SPECIAL-USE", "CREATE-SPECIAL-USE", "BINARY", "MULTIAPPEND", "WITHIN", "OBJECTID",
        "SAVEDATE", "UTF8=ACCEPT",
    ];

    public static IEnumerable<string> Of(ImapSession session)
    {
        if (session.State != SessionStates.NotAuthenticated)
            return LoggedIn.Append(string.Create(CultureInfo.InvariantCulture, $"APPENDLIMIT={session.Services.Options.AppendLimit}"));

        IEnumerable<string> offered = [.. Always, "LITERAL-"];
        if (session.Connection.CanStartTls) offered = offered.Append("STARTTLS");
        return session.MayUsePasswords
            ? offered.Concat(["AUTH=PLAIN", "AUTH=SCRAM-SHA-256"])
            : offered.Concat(["AUTH=SCRAM-SHA-256", "LOGINDISABLED"]);
    }

    /// <summary>As a response code, so that the client need not ask.</summary>
    public static string Code(ImapSession session) => $"CAPABILITY {string.Join(' ', Of(session))}";
}
