using MailGrains.Grains.Contracts.Messages;
using MailGrains.Imap.Commands;
using MailGrains.Model.Summary;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>What of a message a step of FETCH writes.</summary>
internal enum FetchStepKind
{
    Attribute,
    Section,
    Binary,
    BinarySize,

    /// <summary>A part that can't exist: NIL without looking.</summary>
    Nothing,

    /// <summary>The size of such a part: 0.</summary>
    NoSize,
}

/// <summary>One item of FETCH, made ready to be written for many messages.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Attribute">Which attribute, of kind Attribute.</param>
/// <param name="Label">The item's name in the response.</param>
/// <param name="Path">The section, of the other kinds.</param>
/// <param name="Partial">The part of it that is asked for, or null.</param>
internal sealed record FetchStep(FetchStepKind Kind, FetchAttribute Attribute, byte[] Label, SectionPath Path, FetchPartial? Partial)
{
    /// <summary>A header of a part is content as the part is.</summary>
    public ContentAccess Content => Kind switch
    {
        FetchStepKind.Section when Path is { Parts.Length: 0, Kind: SectionKind.Header or SectionKind.HeaderFields or SectionKind.HeaderFieldsNot } =>
            ContentAccess.Headers,
        FetchStepKind.Section or FetchStepKind.Binary => ContentAccess.Body,
        _ => ContentAccess.None,
    };

    public static FetchStep Of(FetchItem item) => item switch
    {
        FetchItem.Simple { Attribute: FetchAttribute.Rfc822 } => Section("RFC822"u8, SectionPath.Whole),
        FetchItem.Simple { Attribute: FetchAttribute.Rfc822Header } => Section("RFC822.HEADER"u8, SectionPath.Header),
        FetchItem.Simple { Attribute: FetchAttribute.Rfc822Text } => Section("RFC822.TEXT"u8, SectionPath.Text),
        FetchItem.Simple simple => new FetchStep(FetchStepKind.Attribute, simple.Attribute, [], SectionPath.Whole, null),
        FetchItem.Body body => Of(FetchStepKind.Section, body.Section, body.Label, body.Partial),
        FetchItem.Binary binary => Of(FetchStepKind.Binary, binary.Section, binary.Label, binary.Partial),
        FetchItem.BinarySize size => Of(FetchStepKind.BinarySize, size.Section, size.Label, null),
        _ => throw new ArgumentException($"No step for {item.GetType().Name}.", nameof(item)),
    };

    private static FetchStep Section(ReadOnlySpan<byte> label, SectionPath path) => new(FetchStepKind.Section, default, label.ToArray(), path, null);

    private static FetchStep Of(FetchStepKind kind, FetchSection section, byte[] label, FetchPartial? partial) => section.CanExist
        ? new FetchStep(kind, default, label, new SectionPath(section.Part, KindOf(section.Text), section.Headers), partial)
        : new FetchStep(kind == FetchStepKind.BinarySize ? FetchStepKind.NoSize : FetchStepKind.Nothing, default, label, SectionPath.Whole, null);

    private static SectionKind KindOf(SectionText text) => text switch
    {
        SectionText.Header => SectionKind.Header,
        SectionText.HeaderFields => SectionKind.HeaderFields,
        SectionText.HeaderFieldsNot => SectionKind.HeaderFieldsNot,
        SectionText.Text => SectionKind.Text,
        SectionText.Mime => SectionKind.Mime,
        _ => SectionKind.All,
    };
}
