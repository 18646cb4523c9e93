using System.Collections.Immutable;
using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>LIST, basic or extended.</summary>
/// <param name="Selection">The selection options.</param>
/// <param name="Reference">The reference name.</param>
/// <param name="Patterns">One or more patterns; an invalid one matches nothing.</param>
/// <param name="Return">The return options.</param>
/// <param name="Status">What RETURN (STATUS (…)) asks for.</param>
/// <param name="IsExtended">
/// True when the client used any of the extended syntax: an empty pattern then names nothing instead of asking for the delimiter.
/// </param>
public sealed record ListCommand(
    ListSelectionOptions Selection,
    MailboxName Reference,
    ImmutableArray<MailboxName> Patterns,
    ListReturnOptions Return,
    StatusItems Status,
    bool IsExtended) : ImapCommand
{
    /// <summary>Each is tried with each name there is.</summary>
    public const int MaxPatterns = 256;

    public override CommandVerb Verb => CommandVerb.List;

    /// <summary>list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts] (RFC 9051 section 6.3.9)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        var selection = ListSelectionOptions.None;
        var extended = scanner.Peek == '(';
        if (extended)
        {
            selection = SelectionOptions(ref scanner);
            scanner.Space();
        }

        var reference = scanner.Mailbox();
        scanner.Space();
        extended |= scanner.Peek == '(';
        var patterns = MailboxOrPatterns(ref scanner);
        var (returns, status) = (ListReturnOptions.None, StatusItems.None);
        if (scanner.TryTake((byte)' '))
        {
            extended = true;
            (returns, status) = ParseReturnOptions(ref scanner);
        }

        return new ListCommand(selection, reference, patterns, returns, status, extended);
    }

    /// <summary>list-select-opts = "(" [option *(SP option)] ")"; RECURSIVEMATCH needs company other than REMOTE.</summary>
    private static ListSelectionOptions SelectionOptions(ref ImapScanner scanner)
    {
        var options = ListSelectionOptions.None;
        scanner.Expect((byte)'(');
        if (scanner.TryTake((byte)')')) return options;
        do
        {
            if (scanner.TryWord("SUBSCRIBED"u8)) options |= ListSelectionOptions.Subscribed;
            else if (scanner.TryWord("REMOTE"u8)) options |= ListSelectionOptions.Remote;
            else if (scanner.TryWord("RECURSIVEMATCH"u8)) options |= ListSelectionOptions.RecursiveMatch;
            else if (scanner.TryWord("SPECIAL-USE"u8)) options |= ListSelectionOptions.SpecialUse;
            else scanner.Fail("Unknown LIST selection option");
        }
        while (scanner.TryTake((byte)' '));

        scanner.Expect((byte)')');
        const ListSelectionOptions Bases = ListSelectionOptions.Subscribed | ListSelectionOptions.SpecialUse;
        var recursive = options.HasFlag(ListSelectionOptions.RecursiveMatch);
        if (recursive && (options & Bases) == 0) scanner.Fail("RECURSIVEMATCH needs another option");
        return options;
    }

    /// <summary>mbox-or-pat = list-mailbox / patterns; patterns = "(" list-mailbox *(SP list-mailbox) ")"</summary>
    private static ImmutableArray<MailboxName> MailboxOrPatterns(ref ImapScanner scanner)
    {
        if (!scanner.TryTake((byte)'(')) return [scanner.ListMailbox()];
        var patterns = ImmutableArray.CreateBuilder<MailboxName>();
        do
        {
            if (patterns.Count == MaxPatterns) scanner.Fail("Too many patterns");
            patterns.Add(scanner.ListMailbox());
        }
        while (scanner.TryTake((byte)' '));
        scanner.Expect((byte)')');
        return patterns.ToImmutable();
    }

    /// <summary>list-return-opts = "RETURN" SP "(" [return-option *(SP return-option)] ")"</summary>
    private static (ListReturnOptions Options, StatusItems Status) ParseReturnOptions(ref ImapScanner scanner)
    {
        var (options, status) = (ListReturnOptions.None, StatusItems.None);
        if (!scanner.TryWord("RETURN"u8)) scanner.Fail("Expected RETURN");
        scanner.Space();
        scanner.Expect((byte)'(');
        if (scanner.TryTake((byte)')')) return (options, status);
        do
        {
            if (scanner.TryWord("SUBSCRIBED"u8)) options |= ListReturnOptions.Subscribed;
            else if (scanner.TryWord("CHILDREN"u8)) options |= ListReturnOptions.Children;
            else if (scanner.TryWord("SPECIAL-USE"u8)) options |= ListReturnOptions.SpecialUse;
            else if (scanner.TryWord("STATUS"u8))
            {
                options |= ListReturnOptions.Status;
                scanner.Space();
                status |= StatusCommand.ParseItems(ref scanner);
            }
            else scanner.Fail("Unknown LIST return option");
        }
        while (scanner.TryTake((byte)' '));

        scanner.Expect((byte)')');
        return (options, status);
    }
}
