using System.Collections.Immutable;
using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>CREATE.</summary>
/// <param name="Mailbox">The name; a trailing hierarchy delimiter is still on it.</param>
/// <param name="SpecialUse">The attributes of USE (RFC 6154), e.g. <c>\Sent</c>, as written; empty without USE.</param>
public sealed record CreateCommand(MailboxName Mailbox, ImmutableArray<string> SpecialUse) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Create;

    /// <summary>
    /// create = "CREATE" SP mailbox [SP "(" "USE" SP "(" [use-attr *(SP use-attr)] ")" ")"] (RFC 9051 section 6.3.4, RFC 6154
    /// section 6)
    /// </summary>
    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        var mailbox = scanner.Mailbox();
        if (!scanner.TryTake((byte)' ')) return new CreateCommand(mailbox, []);

        var attributes = ImmutableArray.CreateBuilder<string>();
        scanner.Expect((byte)'(');
        if (!scanner.TryWord("USE"u8)) scanner.Fail("Unknown CREATE parameter");
        scanner.Space();
        scanner.Expect((byte)'(');
        if (!scanner.TryTake((byte)')'))
        {
            do
            {
                if (scanner.Peek != '\\') scanner.Fail("Expected a special-use attribute");
                attributes.Add(scanner.Flag());
            }
            while (scanner.TryTake((byte)' '));
            scanner.Expect((byte)')');
        }

        scanner.Expect((byte)')');
        return new CreateCommand(mailbox, attributes.ToImmutable());
    }
}
