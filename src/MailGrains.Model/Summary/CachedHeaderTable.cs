namespace MailGrains.Model.Summary;

/// <summary>Header fields kept verbatim, in the message's order, read in place.</summary>
public readonly struct CachedHeaderTable(ReadOnlyMemory<byte> encoded)
{
    public Enumerator GetEnumerator() => new(encoded);

    public struct Enumerator
    {
        private readonly ReadOnlyMemory<byte> _encoded;
        private int _position;

        internal Enumerator(ReadOnlyMemory<byte> encoded) => _encoded = encoded;

        /// <summary>The field's number in <see cref="CachedFields"/>, and the field with name, folding and line end.</summary>
        public (int Field, ReadOnlyMemory<byte> Lines) Current { get; private set; }

        public bool MoveNext()
        {
            if (_position >= _encoded.Length)
                return false;
            var field = _encoded.Span[_position++];
            var length = (int)Varint.Read(_encoded.Span, ref _position);
            Current = (field, _encoded.Slice(_position, length));
            _position += length;
            return true;
        }
    }
}
