using System.Collections.Immutable;
using System.Text;
using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>What stands between the brackets of BODY[…] and BINARY[…].</summary>
/// <param name="Part">Part numbers, outermost first; empty for the message itself.</param>
/// <param name="Text">Which text of the part.</param>
/// <param name="Headers">The names of HEADER.FIELDS and HEADER.FIELDS.NOT.</param>
/// <param name="Name">The section as the response repeats it.</param>
public sealed record FetchSection(ImmutableArray<uint> Part, SectionText Text, ImmutableArray<string> Headers, string Name)
{
    /// <summary>Deeper parts do not exist; nothing is kept of their numbers.</summary>
    public const int MaxDepth = 100;

    /// <summary>False for a part number deeper than <see cref="MaxDepth"/>: the answer is NIL.</summary>
    public bool CanExist { get; init; } = true;

    public bool Equals(FetchSection? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>section = "[" [section-spec] "]"; section-spec = section-msgtext / (section-part ["." section-text])</summary>
    internal static FetchSection Parse(ref ImapScanner scanner)
    {
        scanner.Expect((byte)'[');
        var start = scanner.Position;
        var part = ParsePart(ref scanner, out var textFollows, out var canExist);
        var prefix = Encoding.ASCII.GetString(scanner.Since(start));
        var text = SectionText.All;
        ImmutableArray<string> headers = [];
        if (textFollows)
        {
            text = ParseText(ref scanner, hasPart: prefix.Length > 0);
            if (text is SectionText.HeaderFields or SectionText.HeaderFieldsNot) headers = HeaderList(ref scanner);
        }

        scanner.Expect((byte)']');
        return new FetchSection(part, text, headers, prefix + Print(text, headers)) { CanExist = canExist };
    }

    /// <summary>section-binary = "[" [section-part] "]" (RFC 3516)</summary>
    internal static FetchSection ParseBinary(ref ImapScanner scanner)
    {
        var section = Parse(ref scanner);
        if (section.Text != SectionText.All) scanner.Fail("BINARY takes a part number only");
        return section;
    }

    /// <summary>section-part = nz-number *("." nz-number)</summary>
    private static ImmutableArray<uint> ParsePart(ref ImapScanner scanner, out bool textFollows, out bool canExist)
    {
        textFollows = scanner.Peek != ']';
        canExist = true;
        if (scanner.Peek is not (>= '0' and <= '9')) return [];

        var part = ImmutableArray.CreateBuilder<uint>();
        var dot = false;
        do
        {
            var number = scanner.NonZeroNumber();
            if (part.Count < MaxDepth) part.Add(number);
            else canExist = false;
            dot = scanner.TryTake((byte)'.');
        }
        while (dot && scanner.Peek is >= '0' and <= '9');

        textFollows = dot;
        return canExist ? part.ToImmutable() : [];
    }

    /// <summary>
    /// section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"; section-text = section-msgtext / "MIME"
    /// </summary>
    private static SectionText ParseText(ref ImapScanner scanner, bool hasPart)
    {
        switch (scanner.Word())
        {
            case "HEADER": return SectionText.Header;
            case "HEADER.FIELDS": return SectionText.HeaderFields;
            case "HEADER.FIELDS.NOT": return SectionText.HeaderFieldsNot;
            case "TEXT": return SectionText.Text;
            case "MIME" when hasPart: return SectionText.Mime;
            default:
                scanner.Fail("Unknown section");
                return SectionText.All;
        }
    }

    /// <summary>header-list = "(" header-fld-name *(SP header-fld-name) ")"; names are ftext of RFC 5322.</summary>
    private static ImmutableArray<string> HeaderList(ref ImapScanner scanner)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        scanner.Space();
        scanner.Expect((byte)'(');
        do
        {
            var name = scanner.AString();
            var valid = !name.IsEmpty && !name.ContainsAnyExceptInRange((byte)33, (byte)126) && !name.Contains((byte)':');
            if (valid) names.Add(Encoding.ASCII.GetString(name));
            else scanner.Fail("Invalid header field name");
        }
        while (scanner.TryTake((byte)' '));

        scanner.Expect((byte)')');
        return names.ToImmutable();
    }

    private static string Print(SectionText text, ImmutableArray<string> headers) => text switch
    {
        SectionText.Header => "HEADER",
        SectionText.Text => "TEXT",
        SectionText.Mime => "MIME",
        SectionText.HeaderFields => "HEADER.FIELDS (" + PrintHeaders(headers) + ")",
        SectionText.HeaderFieldsNot => "HEADER.FIELDS.NOT (" + PrintHeaders(headers) + ")",
        _ => "",
    };

    private static string PrintHeaders(ImmutableArray<string> headers) => string.Join(' ', headers.Select(PrintHeader));

    private static string PrintHeader(string name)
    {
        if (name.All(c => ImapChars.IsAString((byte)c))) return name;
        var escaped = name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }
}
