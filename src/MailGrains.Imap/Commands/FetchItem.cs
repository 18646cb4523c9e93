using System.Text;

namespace MailGrains.Imap.Commands;

/// <summary>One item of FETCH.</summary>
public abstract record FetchItem
{
    private protected FetchItem()
    {
    }

    /// <summary>ENVELOPE, FLAGS, …</summary>
    public sealed record Simple(FetchAttribute Attribute) : FetchItem;

    /// <summary>BODY[section]&lt;partial&gt;, or with <paramref name="Peek"/> BODY.PEEK, which leaves \Seen alone.</summary>
    public sealed record Body(FetchSection Section, FetchPartial? Partial, bool Peek) : FetchItem
    {
        /// <summary>The item's name in the response, e.g. <c>BODY[TEXT]&lt;0&gt;</c>.</summary>
        public byte[] Label { get; } = MakeLabel("BODY", Section, Partial);

        public bool Equals(Body? other) =>
            other is not null && Section == other.Section && Partial == other.Partial && Peek == other.Peek;

        public override int GetHashCode() => HashCode.Combine(Section, Partial, Peek);
    }

    /// <summary>BINARY[part]&lt;partial&gt; and BINARY.PEEK (RFC 3516): the part with its transfer encoding undone.</summary>
    public sealed record Binary(FetchSection Section, FetchPartial? Partial, bool Peek) : FetchItem
    {
        /// <summary>The item's name in the response, e.g. <c>BINARY[1]&lt;0&gt;</c>.</summary>
        public byte[] Label { get; } = MakeLabel("BINARY", Section, Partial);

        public bool Equals(Binary? other) =>
            other is not null && Section == other.Section && Partial == other.Partial && Peek == other.Peek;

        public override int GetHashCode() => HashCode.Combine(Section, Partial, Peek);
    }

    /// <summary>BINARY.SIZE[part] (RFC 3516)</summary>
    public sealed record BinarySize(FetchSection Section) : FetchItem
    {
        /// <summary>The item's name in the response, e.g. <c>BINARY.SIZE[1]</c>.</summary>
        public byte[] Label { get; } = MakeLabel("BINARY.SIZE", Section, null);

        public bool Equals(BinarySize? other) => other is not null && Section == other.Section;

        public override int GetHashCode() => Section.GetHashCode();
    }

    /// <summary>True when fetching this sets \Seen (RFC 9051 section 6.4.5).</summary>
    public bool SetsSeen => this switch
    {
        Body body => !body.Peek,
        Binary binary => !binary.Peek,
        Simple simple => simple.Attribute is FetchAttribute.Rfc822 or FetchAttribute.Rfc822Text,
        _ => false,
    };

    private static byte[] MakeLabel(string name, FetchSection section, FetchPartial? partial) =>
        Encoding.ASCII.GetBytes(partial is { } p ? $"{name}[{section.Name}]<{p.Offset}>" : $"{name}[{section.Name}]");
}
