using System.Buffers.Binary;
using MailGrains.Mime.Headers;
using MailGrains.Mime.Rendering;
using MailGrains.Mime.Structure;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Building;

/// <summary>
/// The buffers and steps of making a summary; used for one message after the other by one thread:
/// (1) find the parts; (2) find the header fields that matter; (3) write what FETCH asks for; (4) write what SEARCH and
/// THREAD ask for.
/// </summary>
internal sealed class SummaryWorkspace
{
    /// <summary>What a thread keeps between messages at most, roughly.</summary>
    private const int KeptOctets = 512 * 1024;

    private static readonly int s_date = CachedFields.IndexOf("date");
    private static readonly int s_messageId = CachedFields.IndexOf("message-id");
    private static readonly int s_references = CachedFields.IndexOf("references");
    private static readonly int s_inReplyTo = CachedFields.IndexOf("in-reply-to");

    /// <summary>In the order of <see cref="SearchField"/>.</summary>
    private static readonly int[] s_searchFields =
        [.. new[] { "subject", "from", "to", "cc", "bcc" }.Select(name => CachedFields.IndexOf(name))];

    private readonly SummaryContent _content = new();
    private readonly StructureScanner _scanner = new();
    private readonly HeaderIndex _index = new();
    private readonly FieldWriter _fields = new();
    private readonly EnvelopeWriter _envelopes;
    private readonly BodyStructureWriter _structures;
    private readonly SummaryBuffer _scratch = new();
    private readonly SummaryBuffer _text = new();
    private readonly int[] _fieldOctets = new int[CachedFields.Names.Count];

    public SummaryWorkspace()
    {
        _envelopes = new EnvelopeWriter(_fields);
        _structures = new BodyStructureWriter(_envelopes, _fields);
    }

    public bool IsOvergrown => _content.BodyStructure.Capacity + _content.Envelope.Capacity + _content.Parts.Capacity
        + _content.CachedHeaders.Capacity + _scratch.Capacity + _text.Capacity + _scanner.Capacity * 128 > KeptOctets;

    public byte[] Build(ReadOnlySpan<byte> blob)
    {
        _content.Clear();
        _fields.HasCut = false;

        // 1
        _scanner.Scan(blob);
        var parts = _scanner.Parts;
        _content.BlobLength = blob.Length;
        _content.HeaderLength = parts[0].BodyStart;

        // 2
        var header = blob[.._content.HeaderLength];
        _index.Read(header);

        // 3
        _envelopes.Write(header, _index, _content.Envelope);
        _structures.Write(blob, parts, _content);
        PartTypes.WriteTable(blob, parts, _scratch, _text, _content.Parts);
        KeepHeaders(header);

        // 4
        KeepSearchTexts(header);
        KeepDateAndThread(header);

        _content.Flags = (_scanner.IsTruncated ? SummaryFlags.StructureTruncated : SummaryFlags.None)
            | (_fields.HasCut ? SummaryFlags.FieldTruncated : SummaryFlags.None);
        return _content.Encode();
    }

    private void KeepHeaders(ReadOnlySpan<byte> header)
    {
        // A field is covered with all its lines or not at all, so sizes come first.
        Array.Clear(_fieldOctets);
        foreach (var entry in _index.Entries)
            _fieldOctets[entry.Field] += entry.Length;

        var uncovered = _index.Incomplete;
        var total = 0;
        for (var field = 0; field < _fieldOctets.Length; field++)
        {
            if (_fieldOctets[field] > CachedFields.MaxFieldOctets || total + _fieldOctets[field] > CachedFields.MaxTotalOctets)
                uncovered |= 1UL << field;
            else
                total += _fieldOctets[field];
        }

        _content.UncoveredFields = uncovered;
        foreach (var entry in _index.Entries)
        {
            if ((uncovered >> entry.Field & 1) == 0)
                KeepHeader(header.Slice(entry.Start, entry.Length), entry.Field);
        }
    }

    private void KeepHeader(ReadOnlySpan<byte> field, int number)
    {
        var output = _content.CachedHeaders;
        var isComplete = field[^1] == '\n';
        output.WriteByte((byte)number);
        output.WriteNumber((uint)(field.Length + (isComplete ? 0 : 2)));
        output.Write(field);
        if (!isComplete)
            output.Write("\r\n"u8);
    }

    private void KeepSearchTexts(ReadOnlySpan<byte> header)
    {
        foreach (var field in s_searchFields)
        {
            if (_fieldOctets[field] > SummaryLimits.SearchFieldOctets || (_index.Incomplete >> field & 1) != 0)
            {
                _content.SearchText.WriteNumber(1);
                continue;
            }

            _text.Clear();
            var isPresent = false;
            foreach (var entry in _index.Entries)
            {
                if (entry.Field != field)
                    continue;
                if (isPresent)
                    _text.WriteByte((byte)'\n');
                isPresent = true;
                HeaderText.WriteFolded(entry.Value(header), _scratch, _text);
            }

            _content.SearchText.WriteNumber(isPresent ? (uint)_text.Length + 2 : 0);
            _content.SearchText.Write(_text.Written);
        }
    }

    private void KeepDateAndThread(ReadOnlySpan<byte> header)
    {
        if (_index.TryFirst(header, s_date, out var date))
            _content.SentDate = SentDate.Parse(date);
        if (_index.TryFirst(header, s_messageId, out var messageId))
            _content.MessageIdHash = MessageIds.HashOfFirst(messageId);

        Span<ulong> hashes = stackalloc ulong[SummaryLimits.References];
        var count = 0;
        foreach (var entry in _index.Entries)
        {
            if (entry.Field == s_references)
                count = MessageIds.HashLast(entry.Value(header), hashes, count);
        }

        if (count == 0 && _index.TryFirst(header, s_inReplyTo, out var inReplyTo)
            && MessageIds.HashOfFirstBracketed(inReplyTo) is var parent and not 0)
            hashes[count++] = parent;
        foreach (var hash in hashes[..count])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_content.References.GetSpan(sizeof(ulong)), hash);
            _content.References.Advance(sizeof(ulong));
        }
    }
}
