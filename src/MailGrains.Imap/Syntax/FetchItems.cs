using System.Collections.Immutable;
using MailGrains.Imap.Commands;

namespace MailGrains.Imap.Syntax;

/// <summary>Gathers fetch items, each once: nobody gets a body a thousand times for naming it a thousand times.</summary>
internal sealed class FetchItems
{
    private const int FewEnoughToScan = 8;

    private static readonly FetchItem[] Simple = [.. Enum.GetValues<FetchAttribute>().Select(a => new FetchItem.Simple(a))];

    private readonly ImmutableArray<FetchItem>.Builder _items = ImmutableArray.CreateBuilder<FetchItem>();
    private HashSet<FetchItem>? _seen;

    public void Add(FetchAttribute attribute) => Add(Simple[(int)attribute]);

    public void Add(ReadOnlySpan<FetchAttribute> attributes)
    {
        foreach (var attribute in attributes) Add(attribute);
    }

    public void Add(FetchItem item)
    {
        if (_items.Count < FewEnoughToScan)
        {
            if (!_items.Contains(item)) _items.Add(item);
            return;
        }

        _seen ??= [.. _items];
        if (_seen.Add(item)) _items.Add(item);
    }

    public ImmutableArray<FetchItem> ToImmutable() => _items.DrainToImmutable();

    /// <summary>fetch-att / "(" fetch-att *(SP fetch-att) ")"</summary>
    public void Parse(ref ImapScanner scanner)
    {
        if (!scanner.TryTake((byte)'('))
        {
            ParseItem(ref scanner);
            return;
        }

        do ParseItem(ref scanner);
        while (scanner.TryTake((byte)' '));
        scanner.Expect((byte)')');
    }

    private void ParseItem(ref ImapScanner scanner)
    {
        var name = scanner.Word();
        if (Attribute(name, scanner.Peek == '[') is { } attribute) Add(attribute);
        else if (name is "BODY" or "BODY.PEEK") Add(Section(ref scanner, peek: name.Length > 4));
        else if (name is "BINARY" or "BINARY.PEEK") Add(BinarySection(ref scanner, peek: name.Length > 6));
        else if (name is "BINARY.SIZE") Add(new FetchItem.BinarySize(FetchSection.ParseBinary(ref scanner)));
        else scanner.Fail("Unknown FETCH item");
    }

    private static FetchItem.Body Section(ref ImapScanner scanner, bool peek)
    {
        var section = FetchSection.Parse(ref scanner);
        return new FetchItem.Body(section, Partial(ref scanner), peek);
    }

    private static FetchItem.Binary BinarySection(ref ImapScanner scanner, bool peek)
    {
        var section = FetchSection.ParseBinary(ref scanner);
        return new FetchItem.Binary(section, Partial(ref scanner), peek);
    }

    private static FetchPartial? Partial(ref ImapScanner scanner)
    {
        if (!scanner.TryTake((byte)'<')) return null;
        var offset = scanner.Number64();
        scanner.Expect((byte)'.');
        if (scanner.Peek == '0') scanner.Fail("Zero is not allowed here");
        var count = scanner.Number64();
        scanner.Expect((byte)'>');
        return new FetchPartial(offset, count);
    }

    private static FetchAttribute? Attribute(string name, bool bracket) => name switch
    {
        "UID" => FetchAttribute.Uid,
        "FLAGS" => FetchAttribute.Flags,
        "INTERNALDATE" => FetchAttribute.InternalDate,
        "RFC822.SIZE" => FetchAttribute.Rfc822Size,
        "MODSEQ" => FetchAttribute.ModSeq,
        "EMAILID" => FetchAttribute.EmailId,
        "THREADID" => FetchAttribute.ThreadId,
        "SAVEDATE" => FetchAttribute.SaveDate,
        "ENVELOPE" => FetchAttribute.Envelope,
        "BODYSTRUCTURE" => FetchAttribute.BodyStructure,
        "RFC822" => FetchAttribute.Rfc822,
        "RFC822.HEADER" => FetchAttribute.Rfc822Header,
        "RFC822.TEXT" => FetchAttribute.Rfc822Text,
        "BODY" when !bracket => FetchAttribute.Body,
        _ => null,
    };
}
