using MailGrains.Imap.Commands;
using MailGrains.Model;

namespace MailGrains.Imap.Responses;

public sealed partial class ImapResponseWriter
{
    /// <summary>mailbox-data =/ number SP "EXISTS"</summary>
    public void Exists(uint messages) => Numbered(messages, " EXISTS"u8);

    /// <summary>mailbox-data =/ number SP "RECENT" (RFC 3501 section 7.3.2)</summary>
    public void Recent(uint messages) => Numbered(messages, " RECENT"u8);

    /// <summary>message-data = nz-number SP "EXPUNGE"; every later sequence number falls by one.</summary>
    public void Expunge(uint sequence) => Numbered(sequence, " EXPUNGE"u8);

    /// <summary>expunged-resp = "VANISHED" [SP "(EARLIER)"] SP known-uids (RFC 7162 section 3.2.10); nothing for no UIDs.</summary>
    public void Vanished(UidSet uids, bool earlier)
    {
        if (uids.IsEmpty) return;
        _buffer.Put(earlier ? "* VANISHED (EARLIER) "u8 : "* VANISHED "u8);
        _buffer.Put(uids);
        EndLine();
    }

    /// <summary>
    /// mailbox-data =/ "SEARCH" [1*(SP nz-number) [SP "(" "MODSEQ" SP mod-sequence-value ")"]] (RFC 3501 section 7.2.5, RFC
    /// 7162)
    /// </summary>
    public void Search(UidSet numbers, long? modSeq = null)
    {
        _buffer.Put("* SEARCH"u8);
        foreach (var range in numbers.Ranges)
        {
            for (ulong number = range.First; number <= range.Last; number++)
            {
                _buffer.Put((byte)' ');
                _buffer.Put((long)number);
            }
        }

        if (modSeq is { } value && !numbers.IsEmpty)
        {
            _buffer.Put(" (MODSEQ "u8);
            _buffer.Put(value);
            _buffer.Put((byte)')');
        }

        EndLine();
    }

    /// <summary>
    /// esearch-response = "ESEARCH" [SP "(TAG" SP string ")"] [SP "UID"] *(SP search-return-data) (RFC 9051 section 7.3.4).
    /// MIN, MAX and ALL are left out of an empty result, COUNT is not.
    /// </summary>
    public void Esearch(string tag, bool byUid, SearchReturnOptions options, UidSet numbers, long? modSeq = null)
    {
        _buffer.Put("* ESEARCH (TAG \""u8);
        _buffer.PutText(tag);
        _buffer.Put("\")"u8);
        if (byUid) _buffer.Put(" UID"u8);
        if (!numbers.IsEmpty)
        {
            if (options.HasFlag(SearchReturnOptions.Min)) Item(" MIN "u8, numbers.Ranges[0].First);
            if (options.HasFlag(SearchReturnOptions.Max)) Item(" MAX "u8, numbers.Ranges[^1].Last);
            if (options.HasFlag(SearchReturnOptions.All))
            {
                _buffer.Put(" ALL "u8);
                _buffer.Put(numbers);
            }
        }

        if (options.HasFlag(SearchReturnOptions.Count)) Item(" COUNT "u8, numbers.Count);
        if (modSeq is { } value && !numbers.IsEmpty) Item(" MODSEQ "u8, value);
        EndLine();
    }

    private void Item(ReadOnlySpan<byte> name, long value)
    {
        _buffer.Put(name);
        _buffer.Put(value);
    }
}
