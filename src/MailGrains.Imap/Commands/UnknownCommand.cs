using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>A command nobody here knows: answer BAD. What it was is not kept, so that nothing can echo it.</summary>
public sealed record UnknownCommand : ImapCommand
{
    public static readonly UnknownCommand Instance = new();

    public override CommandVerb Verb => CommandVerb.Unknown;

    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.SkipToEnd();
        return Instance;
    }
}
