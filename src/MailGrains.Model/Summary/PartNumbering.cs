using System.Runtime.InteropServices;

namespace MailGrains.Model.Summary;

/// <summary>
/// Section numbers (RFC 9051 section 6.4.5.1) of the parts of a <see cref="PartTable"/>, counted along with walking it from its
/// start. A multipart that is a message's body has none of its own: the numbers are the message's then (its TEXT), and none at
/// all for the outermost.
/// </summary>
public sealed class PartNumbering
{
    private readonly List<uint> _numbers = [];
    private readonly List<int> _lengths = [];
    private readonly List<PartKind> _kinds = [];

    /// <summary>Those of the part moved to last; valid until the next one.</summary>
    public ReadOnlySpan<uint> Numbers => CollectionsMarshal.AsSpan(_numbers);

    /// <summary>The kind of the container of the part moved to last; null for the outermost.</summary>
    public PartKind? Container => _kinds.Count < 2 ? null : _kinds[^2];

    /// <param name="part">The one that follows the part before in the table.</param>
    public void MoveTo(scoped in MessagePart part)
    {
        // A child of a multipart has its place there for a number; the body of a message is its part 1, unless a multipart.
        _lengths.RemoveRange(part.Depth, _lengths.Count - part.Depth);
        _kinds.RemoveRange(part.Depth, _kinds.Count - part.Depth);
        var inherited = part.Depth == 0 ? 0 : _lengths[^1];
        _numbers.RemoveRange(inherited, _numbers.Count - inherited);
        if (part.Kind != PartKind.Multipart || (part.Depth > 0 && _kinds[^1] == PartKind.Multipart))
            _numbers.Add(part.Ordinal);
        _lengths.Add(_numbers.Count);
        _kinds.Add(part.Kind);
    }
}
