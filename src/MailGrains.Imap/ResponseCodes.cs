using System.Globalization;
using MailGrains.Model;

namespace MailGrains.Imap;

/// <summary>Response codes, without their brackets (RFC 9051 section 7.1, RFC 4315, RFC 5530, RFC 7162, RFC 7888, RFC 8474).</summary>
public static class ResponseCodes
{
    public const string Alert = "ALERT";
    public const string AlreadyExists = "ALREADYEXISTS";
    public const string AuthenticationFailed = "AUTHENTICATIONFAILED";
    public const string AuthorizationFailed = "AUTHORIZATIONFAILED";
    public const string BadCharset = "BADCHARSET";
    public const string Cannot = "CANNOT";
    public const string ClientBug = "CLIENTBUG";
    public const string Closed = "CLOSED";
    public const string ExpungeIssued = "EXPUNGEISSUED";
    public const string HasChildren = "HASCHILDREN";
    public const string InUse = "INUSE";
    public const string Limit = "LIMIT";
    public const string NoModSeq = "NOMODSEQ";
    public const string NonExistent = "NONEXISTENT";
    public const string NoPermission = "NOPERM";
    public const string NotSaved = "NOTSAVED";
    public const string OverQuota = "OVERQUOTA";
    public const string Parse = "PARSE";
    public const string PrivacyRequired = "PRIVACYREQUIRED";
    public const string ReadOnly = "READ-ONLY";
    public const string ReadWrite = "READ-WRITE";
    public const string ServerBug = "SERVERBUG";
    public const string TooBig = "TOOBIG";
    public const string TryCreate = "TRYCREATE";
    public const string UidNotSticky = "UIDNOTSTICKY";
    public const string Unavailable = "UNAVAILABLE";
    public const string UnknownCte = "UNKNOWN-CTE";
    public const string UseAttr = "USEATTR";

    public static string UidValidity(uint value) => Text($"UIDVALIDITY {value}");

    public static string UidNext(uint value) => Text($"UIDNEXT {value}");

    /// <summary>Sequence number of the first message without \Seen (RFC 3501 section 7.1).</summary>
    public static string Unseen(uint sequence) => Text($"UNSEEN {sequence}");

    public static string HighestModSeq(long value) => Text($"HIGHESTMODSEQ {value}");

    /// <summary>MODIFIED: what STORE UNCHANGEDSINCE left alone (RFC 7162 section 3.1.3).</summary>
    public static string Modified(UidSet numbers) => "MODIFIED " + numbers;

    public static string AppendUid(uint uidValidity, UidSet uids) => Text($"APPENDUID {uidValidity} {uids}");

    /// <summary>COPYUID; both sets denote the same messages in the same order.</summary>
    public static string CopyUid(uint uidValidity, UidSet source, UidSet destination) =>
        Text($"COPYUID {uidValidity} {source} {destination}");

    public static string MailboxId(string objectId) => $"MAILBOXID ({objectId})";

    /// <summary>PERMANENTFLAGS; <paramref name="newKeywords"/> adds <c>\*</c>.</summary>
    public static string PermanentFlags(IEnumerable<string> flags, bool newKeywords) =>
        $"PERMANENTFLAGS ({string.Join(' ', newKeywords ? flags.Append(@"\*") : flags)})";

    public static string Capability(IEnumerable<string> capabilities) => "CAPABILITY " + string.Join(' ', capabilities);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
