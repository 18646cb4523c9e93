using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>How a command ends: its tagged response, and what is told before it.</summary>
/// <param name="Condition">OK, NO or BAD.</param>
/// <param name="Text">For a person.</param>
/// <param name="Code">Response code without brackets.</param>
/// <param name="Sync">
/// Which changes are asked of the mailbox and told before the tagged response; null when the handler's own call has
/// brought them, or none may be told.
/// </param>
internal readonly record struct Reply(ImapCondition Condition, string Text, string? Code = null, UpdateScope? Sync = null)
{
    /// <summary>OK, after everything that changed in the selected mailbox.</summary>
    public static Reply Ok(string text, string? code = null) => new(ImapCondition.Ok, text, code, UpdateScope.All);

    /// <summary>OK; the handler has seen to the changes itself.</summary>
    public static Reply Done(string text, string? code = null) => new(ImapCondition.Ok, text, code);

    public static Reply No(string text, string? code = null) => new(ImapCondition.No, text, code);

    public static Reply Bad(string text, string? code = null) => new(ImapCondition.Bad, text, code);

    /// <summary>Nothing: the command was broken off by a goodbye, and that was the last word (RFC 9051 section 7.1.5).</summary>
    public static readonly Reply None = new(ImapCondition.Bye, "");

    public static Reply Of(ImapError error) => new(error.Condition, error.Text, error.Code);
}
