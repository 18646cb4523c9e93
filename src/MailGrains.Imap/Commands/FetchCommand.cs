using System.Collections.Immutable;
using MailGrains.Imap.Syntax;
using MailGrains.Model;

namespace MailGrains.Imap.Commands;

/// <summary>FETCH and UID FETCH.</summary>
/// <param name="Set">Which messages.</param>
/// <param name="ByUid">True for UID FETCH: the set holds UIDs.</param>
/// <param name="Items">What to return, macros expanded, each item once. UID FETCH includes UID, CHANGEDSINCE includes MODSEQ.</param>
/// <param name="ChangedSince">CHANGEDSINCE (RFC 7162 section 3.1.4), or null.</param>
/// <param name="Vanished">
/// VANISHED (RFC 7162 section 3.2.6); only with UID FETCH and CHANGEDSINCE. That QRESYNC is enabled is for the session to
/// check.
/// </param>
public sealed record FetchCommand(
    NumberSet Set,
    bool ByUid,
    ImmutableArray<FetchItem> Items,
    long? ChangedSince = null,
    bool Vanished = false) : ImapCommand
{
    private static readonly FetchAttribute[] Fast = [FetchAttribute.Flags, FetchAttribute.InternalDate, FetchAttribute.Rfc822Size];
    private static readonly FetchAttribute[] All = [.. Fast, FetchAttribute.Envelope];
    private static readonly FetchAttribute[] Full = [.. All, FetchAttribute.Body];

    public override CommandVerb Verb => CommandVerb.Fetch;

    /// <summary>
    /// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
    /// [fetch-modifiers] (RFC 9051 section 6.4.5)
    /// </summary>
    internal static ImapCommand Parse(ref ImapScanner scanner) => Parse(ref scanner, byUid: false);

    /// <summary>uid = "UID" SP fetch (RFC 9051 section 6.4.9)</summary>
    internal static ImapCommand ParseUid(ref ImapScanner scanner) => Parse(ref scanner, byUid: true);

    private static FetchCommand Parse(ref ImapScanner scanner, bool byUid)
    {
        scanner.Space();
        var set = scanner.SequenceSet();
        scanner.Space();
        var items = new FetchItems();
        if (byUid) items.Add(FetchAttribute.Uid);
        if (scanner.TryWord("ALL"u8)) items.Add(All);
        else if (scanner.TryWord("FAST"u8)) items.Add(Fast);
        else if (scanner.TryWord("FULL"u8)) items.Add(Full);
        else items.Parse(ref scanner);

        var (changedSince, vanished) = Modifiers(ref scanner, byUid);
        if (changedSince is not null) items.Add(FetchAttribute.ModSeq);
        return new FetchCommand(set, byUid, items.ToImmutable(), changedSince, vanished);
    }

    /// <summary>
    /// fetch-modifiers = SP "(" fetch-modifier *(SP fetch-modifier) ")"; chgsince-fetch-mod = "CHANGEDSINCE" SP
    /// mod-sequence-value; "VANISHED" (RFC 7162 section 7)
    /// </summary>
    private static (long? ChangedSince, bool Vanished) Modifiers(ref ImapScanner scanner, bool byUid)
    {
        long? changedSince = null;
        var vanished = false;
        if (!scanner.TryTake((byte)' ')) return (changedSince, vanished);
        scanner.Expect((byte)'(');
        do
        {
            if (scanner.TryWord("VANISHED"u8)) vanished = true;
            else if (scanner.TryWord("CHANGEDSINCE"u8))
            {
                scanner.Space();
                changedSince = scanner.Number64();
            }
            else scanner.Fail("Unknown FETCH modifier");
        }
        while (scanner.TryTake((byte)' '));

        scanner.Expect((byte)')');
        if (vanished && (!byUid || changedSince is null)) scanner.Fail("VANISHED needs UID FETCH and CHANGEDSINCE");
        return (changedSince, vanished);
    }
}
