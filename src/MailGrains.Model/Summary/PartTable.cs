using System.Collections.Immutable;

namespace MailGrains.Model.Summary;

/// <summary>
/// The MIME tree, a parent before its children, read in place. A record is: depth, ordinal (varints), kind | encoding ≪ 4,
/// media type, charset (a well-known code, or 0xFF, a varint length and the bytes), header start, header length, body
/// length, lines (varints).
/// </summary>
public readonly ref struct PartTable(ReadOnlySpan<byte> encoded)
{
    private const int MaxTokenLength = 100;

    private readonly ReadOnlySpan<byte> _encoded = encoded;

    public Enumerator GetEnumerator() => new(_encoded);

    /// <summary>Finds the part that a section's numbers mean, by the rules of RFC 9051 section 6.4.5.1.</summary>
    /// <returns>False when the message has no such part.</returns>
    public bool TryFind(ReadOnlySpan<uint> numbers, out MessagePart part)
    {
        var parts = GetEnumerator();
        part = default;
        if (!parts.MoveNext())
            return false;

        // The message as a whole stands to its root as a message/rfc822 part does to the message inside it.
        var inMessage = true;
        foreach (var number in numbers)
        {
            if (!inMessage && parts.Current.Kind == PartKind.Message)
            {
                if (!parts.MoveNext())
                    return false;
                inMessage = true;
            }

            if (parts.Current.Kind == PartKind.Multipart)
            {
                if (!parts.MoveToChild(number))
                    return false;
            }
            else if (!inMessage || number != 1)
            {
                return false;
            }

            inMessage = false;
        }

        part = parts.Current;
        return true;
    }

    /// <summary>The header and body inside a message/rfc822 part, which TryFind found by <paramref name="numbers"/>.</summary>
    public bool TryFindInner(ReadOnlySpan<uint> numbers, out MessagePart inner)
    {
        inner = default;
        if (!TryFind(numbers, out var outer) || outer.Kind != PartKind.Message)
            return false;
        foreach (var part in this)
        {
            if (part.HeaderStart == outer.BodyStart && part.Depth == outer.Depth + 1)
            {
                inner = part;
                return true;
            }
        }

        return false;
    }

    /// <summary>The section numbers of the part at a place in this table, as <see cref="PartNumbering"/> counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many parts.</exception>
    public ImmutableArray<uint> NumbersOf(int index, out MessagePart part)
    {
        var numbering = new PartNumbering();
        var parts = GetEnumerator();
        for (var i = 0; ; i++)
        {
            ArgumentOutOfRangeException.ThrowIfEqual(parts.MoveNext(), false, nameof(index));
            part = parts.Current;
            numbering.MoveTo(part);
            if (i == index)
                return [.. numbering.Numbers];
        }
    }

    /// <summary>Appends one record.</summary>
    public static void Write(SummaryBuffer output, scoped in MessagePart part)
    {
        output.WriteNumber((uint)part.Depth);
        output.WriteNumber(part.Ordinal);
        output.WriteByte((byte)((int)part.Kind | ((int)part.Encoding << 4)));
        WriteToken(output, part.ContentType);
        WriteToken(output, part.Charset);
        output.WriteNumber((uint)part.HeaderStart);
        output.WriteNumber((uint)part.HeaderLength);
        output.WriteNumber((uint)part.BodyLength);
        output.WriteNumber(part.Lines);
    }

    private static void WriteToken(SummaryBuffer output, ReadOnlySpan<byte> token)
    {
        var kept = token[..Math.Min(token.Length, MaxTokenLength)];
        var code = WellKnownTokens.CodeOf(kept);
        output.WriteByte(code);
        if (code != WellKnownTokens.Spelled)
            return;
        output.WriteNumber((uint)kept.Length);
        output.Write(kept);
    }

    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _encoded;
        private int _position;

        internal Enumerator(ReadOnlySpan<byte> encoded) => _encoded = encoded;

        public MessagePart Current { get; private set; }

        public bool MoveNext()
        {
            if (_position >= _encoded.Length)
                return false;
            var depth = Number();
            var ordinal = (uint)Number();
            var kind = _encoded[_position++];
            var contentType = Token();
            var charset = Token();
            Current = new MessagePart
            {
                Depth = depth,
                Ordinal = ordinal,
                Kind = (PartKind)(kind & 0x0F),
                Encoding = (TransferEncoding)(kind >> 4),
                ContentType = contentType,
                Charset = charset,
                HeaderStart = Number(),
                HeaderLength = Number(),
                BodyLength = Number(),
                Lines = (uint)Number(),
            };
            return true;
        }

        internal bool MoveToChild(uint ordinal)
        {
            var depth = Current.Depth;
            while (MoveNext() && Current.Depth > depth)
            {
                if (Current.Depth == depth + 1 && Current.Ordinal == ordinal)
                    return true;
            }

            return false;
        }

        private int Number() => (int)Varint.Read(_encoded, ref _position);

        private ReadOnlySpan<byte> Token()
        {
            var code = _encoded[_position++];
            if (code != WellKnownTokens.Spelled)
                return WellKnownTokens.Token(code);
            var length = Number();
            var token = _encoded.Slice(_position, length);
            _position += length;
            return token;
        }
    }
}
