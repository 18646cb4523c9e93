using System.Text;
using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Structure;

/// <summary>
/// Finds the MIME entities of a message in one pass, without recursion:
/// (1) read an entity's header, up to an empty line or a delimiter of an open multipart;
/// (2) a multipart puts its boundary on the stack, a message starts another entity at once (1), a leaf does nothing;
/// (3) look for the next line that is a delimiter of any open multipart, the innermost first;
/// (4) it ends all that is open inside that multipart; then a new child starts (1), or after a closing delimiter the
/// multipart's epilogue (3).
/// An instance is used for one message after the other by one thread.
/// MimeKit's MimeReader gives the same offsets, but builds header objects on the way (measured on 12 KB in two parts: 17 µs
/// and 15 KB allocated, where all of a summary takes 5 µs and 1.4 KB) and knows no limit on the number of parts.
/// </summary>
internal sealed class StructureScanner
{
    private readonly BoundaryStack _open = new();
    private readonly SummaryBuffer _parameter = new();
    private PartRecord[] _parts = new PartRecord[16];

    public int Count { get; private set; }

    public bool IsTruncated { get; private set; }

    public ReadOnlySpan<PartRecord> Parts => _parts.AsSpan(0, Count);

    public int Capacity => _parts.Length;

    public void Scan(ReadOnlySpan<byte> blob)
    {
        _open.Clear();
        Count = 0;
        IsTruncated = false;
        var current = Add(depth: 0, ordinal: 1, inDigest: false, start: 0);
        var position = 0;
        while (true)
        {
            var delimiter = ReadHeader(blob, current, ref position);
            var startsInner = Open(blob, current, hasBody: !delimiter.IsFound);
            if (!delimiter.IsFound)
            {
                if (startsInner)
                {
                    current = Add(_parts[current].Depth + 1, ordinal: 1, inDigest: false, position);
                    continue;
                }

                delimiter = _open.Find(blob, position);
            }

            current = Descend(blob, current, delimiter, ref position);
            if (current < 0)
                return;
        }
    }

    /// <summary>Step 4. Returns the child that starts, or -1 at the end of the message.</summary>
    private int Descend(ReadOnlySpan<byte> blob, int current, Delimiter delimiter, ref int position)
    {
        while (delimiter.IsFound)
        {
            Close(blob, current, delimiter.Level, delimiter.Start);
            current = _open.PartAt(delimiter.Level);
            position = delimiter.End;
            if (!delimiter.IsClosing)
            {
                if (Count < SummaryLimits.Parts)
                    return StartChild(current, position);
                IsTruncated = true;
                break;
            }

            _open.Pop();
            delimiter = _open.Find(blob, position);
        }

        Close(blob, current, level: -1, blob.Length);
        return -1;
    }

    private int StartChild(int parent, int position)
    {
        ref var container = ref _parts[parent];
        return Add(container.Depth + 1, ++container.Children, container.IsDigest, position);
    }

    private int Add(int depth, uint ordinal, bool inDigest, int start)
    {
        if (Count == _parts.Length)
            Array.Resize(ref _parts, Count * 2);
        _parts[Count] = new PartRecord
        {
            Depth = depth,
            Ordinal = ordinal,
            InDigest = inDigest,
            HeaderStart = start,
            BodyStart = start,
            BodyEnd = start,
        };
        return Count++;
    }

    /// <summary>Step 1. Returns the delimiter that cut the header short, if one did.</summary>
    private Delimiter ReadHeader(ReadOnlySpan<byte> blob, int index, ref int position)
    {
        ref var part = ref _parts[index];
        var found = Delimiter.None;
        var fieldStart = position;
        while (position < blob.Length)
        {
            var line = blob[position..];
            if (HeaderFieldReader.IsEmptyLine(line))
            {
                Note(blob, ref part, fieldStart, position);
                position += line[0] == '\n' ? 1 : 2;
                fieldStart = position;
                break;
            }

            if (line[0] == '-' && (found = _open.Match(blob, position)).IsFound)
                break;
            if (line[0] is not ((byte)' ' or (byte)'\t'))
            {
                Note(blob, ref part, fieldStart, position);
                fieldStart = position;
            }

            var lineEnd = line.IndexOf((byte)'\n');
            position = lineEnd < 0 ? blob.Length : position + lineEnd + 1;
        }

        Note(blob, ref part, fieldStart, position);
        part.BodyStart = part.BodyEnd = position;
        return found;
    }

    private static void Note(ReadOnlySpan<byte> blob, ref PartRecord part, int start, int end)
    {
        // Only Content-* fields matter here; most lines are told apart by their first letter.
        if (end - start < "content-id:".Length || (blob[start] | 0x20) != 'c'
            || !Ascii.EqualsIgnoreCase(blob.Slice(start, 8), "content-"u8))
            return;
        var field = blob[start..end];
        var colon = field.IndexOf((byte)':');
        if (colon < 0)
            return;
        var name = field[8..colon].TrimEnd(" \t"u8);
        var value = new FieldRange(start + colon + 1, end - start - colon - 1);
        switch (name.Length)
        {
            case 4 when Ascii.EqualsIgnoreCase(name, "type"u8):
                KeepFirst(ref part.ContentType, value);
                break;
            case 17 when Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8):
                KeepFirst(ref part.TransferEncodingField, value);
                break;
            case 2 when Ascii.EqualsIgnoreCase(name, "id"u8):
                KeepFirst(ref part.Id, value);
                break;
            case 11 when Ascii.EqualsIgnoreCase(name, "description"u8):
                KeepFirst(ref part.Description, value);
                break;
            case 11 when Ascii.EqualsIgnoreCase(name, "disposition"u8):
                KeepFirst(ref part.Disposition, value);
                break;
            case 3 when Ascii.EqualsIgnoreCase(name, "md5"u8):
                KeepFirst(ref part.Md5, value);
                break;
            case 8 when Ascii.EqualsIgnoreCase(name, "language"u8):
                KeepFirst(ref part.Language, value);
                break;
            case 8 when Ascii.EqualsIgnoreCase(name, "location"u8):
                KeepFirst(ref part.Location, value);
                break;
        }
    }

    private static void KeepFirst(ref FieldRange kept, FieldRange value) => kept = kept.IsEmpty ? value : kept;

    /// <summary>Step 2. True when another entity starts at once.</summary>
    private bool Open(ReadOnlySpan<byte> blob, int index, bool hasBody)
    {
        ref var part = ref _parts[index];
        part.Encoding = TransferEncodings.Parse(part.TransferEncodingField.Of(blob));
        var type = part.ContentType.IsEmpty && part.InDigest ? ContentType.Message : ContentType.Parse(part.ContentType.Of(blob));
        var isMultipart = Ascii.EqualsIgnoreCase(type.Type, "multipart"u8);
        part.Kind = isMultipart ? PartKind.Multipart
            : IsMessage(type) ? PartKind.Message
            : Ascii.EqualsIgnoreCase(type.Type, "text"u8) ? PartKind.Text
            : PartKind.Other;
        if (part.Kind is PartKind.Text or PartKind.Other)
            return false;
        if (part.Depth >= SummaryLimits.Depth || Count >= SummaryLimits.Parts)
        {
            IsTruncated = part.IsDemoted = true;
            part.Kind = PartKind.Other;
            return false;
        }

        if (isMultipart)
            OpenMultipart(ref part, index, type, hasBody);
        else if (hasBody)
            OpenMessage(ref part, index);
        return part.Kind == PartKind.Message && hasBody;
    }

    private void OpenMessage(ref PartRecord part, int index)
    {
        part.Children = 1;
        _open.PushMessage(index);
    }

    private void OpenMultipart(ref PartRecord part, int index, ContentType type, bool hasBody)
    {
        part.IsDigest = Ascii.EqualsIgnoreCase(type.Subtype, "digest"u8);
        ReadBoundary(type.Parameters);
        if (_parameter.Length is 0 or > SummaryLimits.FieldOctets)
        {
            // Not a multipart that anyone could take apart: RFC 2045 section 5.2 makes it plain text.
            part.IsDemoted = true;
            part.Kind = PartKind.Text;
        }
        else if (hasBody)
        {
            _open.Push(index, _parameter.Written);
        }
    }

    private static bool IsMessage(ContentType type) => Ascii.EqualsIgnoreCase(type.Type, "message"u8)
        && (Ascii.EqualsIgnoreCase(type.Subtype, "rfc822"u8) || Ascii.EqualsIgnoreCase(type.Subtype, "global"u8));

    private void ReadBoundary(ReadOnlySpan<byte> parameters)
    {
        for (var reader = new ParameterReader(parameters, _parameter); reader.Read();)
        {
            if (Ascii.EqualsIgnoreCase(reader.Name, "boundary"u8))
            {
                _parameter.Truncate(_parameter.Written.TrimEnd(" \t"u8).Length);
                return;
            }
        }

        _parameter.Clear();
    }

    /// <summary>Ends the current entity and all containers opened above <paramref name="level"/> at a delimiter.</summary>
    private void Close(ReadOnlySpan<byte> blob, int current, int level, int delimiterStart)
    {
        // The line end before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1), if it is not the header's.
        var contentEnd = delimiterStart;
        if (level >= 0 && contentEnd > 0 && blob[contentEnd - 1] == '\n')
            contentEnd -= contentEnd > 1 && blob[contentEnd - 2] == '\r' ? 2 : 1;
        var isPreamble = level >= 0 && _open.PartAt(level) == current;
        var least = isPreamble ? contentEnd : Finish(blob, current, contentEnd);
        while (_open.Level > level)
        {
            var container = _open.Pop();
            if (container != current)
                least = Finish(blob, container, Math.Max(least, contentEnd));
        }
    }

    private int Finish(ReadOnlySpan<byte> blob, int index, int end)
    {
        if (_parts[index].Kind is PartKind.Multipart or PartKind.Message && _parts[index].Children == 0)
            AddEmptyChild(index);
        ref var part = ref _parts[index];
        part.BodyEnd = Math.Max(part.BodyStart, end);
        if (part.Kind is PartKind.Text or PartKind.Message)
            part.Lines = (uint)blob[part.BodyStart..part.BodyEnd].Count((byte)'\n');
        return part.BodyEnd;
    }

    /// <summary>BODYSTRUCTURE knows no container without a part; such a one is the last record, so its child may follow.</summary>
    private void AddEmptyChild(int index)
    {
        _parts[index].Children = 1;
        var child = Add(_parts[index].Depth + 1, ordinal: 1, inDigest: false, _parts[index].BodyStart);
        _parts[child].Kind = PartKind.Text;
    }
}
