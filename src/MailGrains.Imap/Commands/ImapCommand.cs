namespace MailGrains.Imap.Commands;

/// <summary>A command as the client meant it; one record per command, named as RFC 9051 names it.</summary>
public abstract record ImapCommand
{
    private protected ImapCommand()
    {
    }

    public abstract CommandVerb Verb { get; }
}
