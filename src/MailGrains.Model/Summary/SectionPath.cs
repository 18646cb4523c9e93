using System.Collections.Immutable;
using System.Text;

namespace MailGrains.Model.Summary;

/// <summary>
/// A section specification, the inside of <c>BODY[…]</c> (RFC 9051 section 6.4.5.1).
/// </summary>
public sealed record SectionPath
{
    /// <summary>Longer lists are looked up in a set, so that many names times many header fields stay linear.</summary>
    private const int MaxScannedFields = 16;

    private readonly HashSet<string>? _fieldSet;

    /// <summary><c>BODY[]</c></summary>
    public static readonly SectionPath Whole = new([], SectionKind.All);

    /// <summary><c>BODY[HEADER]</c></summary>
    public static readonly SectionPath Header = new([], SectionKind.Header);

    /// <summary><c>BODY[TEXT]</c></summary>
    public static readonly SectionPath Text = new([], SectionKind.Text);

    /// <param name="parts">Part numbers, outermost first; empty means the message itself.</param>
    /// <param name="kind">What of that part. <see cref="SectionKind.Mime"/> needs at least one number.</param>
    /// <param name="fields">Field names for HEADER.FIELDS and HEADER.FIELDS.NOT, matched without regard to case.</param>
    public SectionPath(ImmutableArray<uint> parts, SectionKind kind, ImmutableArray<string> fields = default)
    {
        Parts = parts.IsDefault ? [] : parts;
        Kind = kind;
        Fields = fields.IsDefault ? [] : fields;
        if (Fields.Length > MaxScannedFields)
            _fieldSet = new HashSet<string>(Fields, StringComparer.OrdinalIgnoreCase);
        AllFieldsCached = kind == SectionKind.HeaderFields && Parts.IsEmpty;
        foreach (var field in Fields)
        {
            var index = CachedFields.IndexOf(field);
            if (index < 0)
                AllFieldsCached = false;
            else
                CachedFieldMask |= 1UL << index;
        }
    }

    public ImmutableArray<uint> Parts { get; }

    public SectionKind Kind { get; }

    public ImmutableArray<string> Fields { get; }

    /// <summary>One bit per entry of <see cref="CachedFields.Names"/> that <see cref="Fields"/> names.</summary>
    public ulong CachedFieldMask { get; }

    /// <summary>HEADER.FIELDS of the message itself that names cached fields only.</summary>
    public bool AllFieldsCached { get; }

    public static SectionPath Part(params ReadOnlySpan<uint> numbers) => new([.. numbers], SectionKind.All);

    public static SectionPath HeaderFields(params ReadOnlySpan<string> names) => new([], SectionKind.HeaderFields, [.. names]);

    /// <summary>Whether <see cref="Fields"/> names this field.</summary>
    public bool HasField(ReadOnlySpan<byte> name)
    {
        if (_fieldSet is not null)
            return _fieldSet.Contains(Encoding.Latin1.GetString(name));
        foreach (var field in Fields)
        {
            if (Ascii.EqualsIgnoreCase(name, field))
                return true;
        }

        return false;
    }

    public bool Equals(SectionPath? other) => other is not null && Kind == other.Kind
        && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan()) && Fields.AsSpan().SequenceEqual(other.Fields.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Kind, Parts.Length, Fields.Length);
}
