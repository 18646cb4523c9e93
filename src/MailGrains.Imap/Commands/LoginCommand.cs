using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>LOGIN; both arguments are UTF-8.</summary>
public sealed record LoginCommand(string UserName, string Password) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Login;

    /// <summary>Leaves the password out.</summary>
    public override string ToString() => $"LOGIN {UserName}";

    /// <summary>login = "LOGIN" SP userid SP password; userid = astring; password = astring (RFC 9051 section 6.2.3)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        var user = scanner.AStringText();
        scanner.Space();
        return new LoginCommand(user, scanner.AStringText());
    }
}
