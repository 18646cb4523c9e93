using MailGrains.Imap.Commands;
using MailGrains.Model;

namespace MailGrains.Imap.Responses;

public sealed partial class ImapResponseWriter
{
    /// <summary>mailbox-data = "FLAGS" SP flag-list</summary>
    public void Flags(IEnumerable<string> flags)
    {
        _buffer.Put("* FLAGS "u8);
        _buffer.PutFlags(flags);
        EndLine();
    }

    /// <summary>mailbox-data =/ "LIST" SP mailbox-list (RFC 9051 section 7.3.1)</summary>
    public void List(in ListEntry entry) => List("* LIST "u8, entry);

    /// <summary>mailbox-data =/ "LSUB" SP mailbox-list (RFC 3501 section 7.2.3)</summary>
    public void Lsub(in ListEntry entry) => List("* LSUB "u8, entry);

    /// <summary>namespace-response with one personal namespace and no others (RFC 9051 section 7.3.3).</summary>
    public void Namespace(string prefix, char delimiter)
    {
        _buffer.Put("* NAMESPACE (("u8);
        _buffer.PutString(ResponseBuffer.EncodeMailbox(prefix, Utf8), Utf8);
        _buffer.Put((byte)' ');
        Delimiter(delimiter);
        _buffer.Put(")) NIL NIL"u8);
        EndLine();
    }

    /// <summary>mailbox-data =/ "STATUS" SP mailbox SP "(" [status-att-list] ")" (RFC 9051 section 7.3.2)</summary>
    public void Status(string mailbox, StatusItems items, in StatusValues values)
    {
        _buffer.Put("* STATUS "u8);
        _buffer.PutMailbox(mailbox, Utf8);
        _buffer.Put(" ("u8);
        var first = true;
        Counter(items, StatusItems.Messages, "MESSAGES "u8, values.Messages, ref first);
        Counter(items, StatusItems.Recent, "RECENT "u8, values.Recent, ref first);
        Counter(items, StatusItems.UidNext, "UIDNEXT "u8, values.UidNext, ref first);
        Counter(items, StatusItems.UidValidity, "UIDVALIDITY "u8, values.UidValidity, ref first);
        Counter(items, StatusItems.Unseen, "UNSEEN "u8, values.Unseen, ref first);
        Counter(items, StatusItems.Deleted, "DELETED "u8, values.Deleted, ref first);
        Counter(items, StatusItems.Size, "SIZE "u8, values.Size, ref first);
        Counter(items, StatusItems.HighestModSeq, "HIGHESTMODSEQ "u8, values.HighestModSeq, ref first);
        Counter(items, StatusItems.AppendLimit, "APPENDLIMIT "u8, values.AppendLimit, ref first);
        if (items.HasFlag(StatusItems.MailboxId) && values.MailboxId is { } id)
        {
            _buffer.Put(first ? "MAILBOXID ("u8 : " MAILBOXID ("u8);
            _buffer.PutText(id);
            _buffer.Put((byte)')');
        }

        _buffer.Put((byte)')');
        EndLine();
    }

    private void Counter(StatusItems items, StatusItems item, ReadOnlySpan<byte> name, long? value, ref bool first)
    {
        if (!items.HasFlag(item)) return;
        if (!first) _buffer.Put((byte)' ');
        first = false;
        _buffer.Put(name);
        if (value is { } number) _buffer.Put(number);
        else _buffer.Put("NIL"u8);
    }

    /// <summary>mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended]</summary>
    private void List(ReadOnlySpan<byte> start, in ListEntry entry)
    {
        _buffer.Put(start);
        _buffer.PutFlags(entry.Attributes);
        _buffer.Put((byte)' ');
        Delimiter(entry.Delimiter);
        _buffer.Put((byte)' ');
        _buffer.PutMailbox(entry.Name, Utf8);
        if (entry.ChildInfoSubscribed || entry.OldName is not null)
        {
            _buffer.Put(" ("u8);
            if (entry.ChildInfoSubscribed) _buffer.Put("\"CHILDINFO\" (\"SUBSCRIBED\")"u8);
            if (entry.OldName is { } oldName)
            {
                _buffer.Put(entry.ChildInfoSubscribed ? " \"OLDNAME\" ("u8 : "\"OLDNAME\" ("u8);
                _buffer.PutMailbox(oldName, Utf8);
                _buffer.Put((byte)')');
            }

            _buffer.Put((byte)')');
        }

        EndLine();
    }

    private void Delimiter(char? delimiter)
    {
        if (delimiter is not { } c)
        {
            _buffer.Put("NIL"u8);
            return;
        }

        _buffer.Put((byte)'"');
        if (c is '"' or '\\') _buffer.Put((byte)'\\');
        _buffer.Put((byte)c);
        _buffer.Put((byte)'"');
    }
}
