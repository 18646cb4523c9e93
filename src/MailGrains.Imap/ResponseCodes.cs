namespace MailGrains.Imap;

/// <summary>Response codes without arguments (RFC 9051 section 7.1, RFC 5530, RFC 7162, RFC 7888).</summary>
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
}
