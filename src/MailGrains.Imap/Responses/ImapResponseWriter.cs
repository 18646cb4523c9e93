using System.Buffers;
using System.Text;
using MailGrains.Model;

namespace MailGrains.Imap.Responses;

/// <summary>
/// Writes responses (RFC 9051 section 7) to a connection's output; each method writes one whole response and leaves nothing
/// behind in buffers of its own. Not for concurrent use. Flushing and back-pressure are the connection's.
/// </summary>
public sealed partial class ImapResponseWriter
{
    private readonly ResponseBuffer _buffer;

    public ImapResponseWriter(IBufferWriter<byte> output)
    {
        _buffer = new ResponseBuffer(output);
        Fetch = new FetchResponseWriter(_buffer);
    }

    /// <summary>See <see cref="ImapParseOptions.Utf8"/>: how mailbox names are encoded.</summary>
    public bool Utf8 { get; set; }

    /// <summary>Writes FETCH responses, item by item.</summary>
    public FetchResponseWriter Fetch { get; }

    /// <summary>response-tagged = tag SP resp-cond-state CRLF; <c>*</c> where the command had no usable tag.</summary>
    public void Tagged(string? tag, ImapCondition condition, ReadOnlySpan<char> text, string? code = null)
    {
        _buffer.PutText(tag ?? "*");
        Condition(condition, text, code);
    }

    public void Tagged(string? tag, ImapError error) => Tagged(tag, error.Condition, error.Text, error.Code);

    /// <summary>resp-cond-state, resp-cond-bye, greeting: <c>* OK [code] text</c></summary>
    public void Untagged(ImapCondition condition, ReadOnlySpan<char> text, string? code = null)
    {
        _buffer.Put((byte)'*');
        Condition(condition, text, code);
    }

    /// <summary>continue-req with text: ready for a literal, or idling.</summary>
    public void Continuation(ReadOnlySpan<char> text)
    {
        _buffer.Put("+ "u8);
        _buffer.PutText(text);
        EndLine();
    }

    /// <summary>continue-req with base64: a SASL challenge, maybe an empty one.</summary>
    public void Challenge(ReadOnlySpan<byte> challenge)
    {
        _buffer.Put("+ "u8);
        _buffer.PutText(Convert.ToBase64String(challenge));
        EndLine();
    }

    /// <summary>capability-data = "CAPABILITY" *(SP capability)</summary>
    public void Capability(IEnumerable<string> capabilities) => Names("* CAPABILITY"u8, capabilities);

    /// <summary>enable-data = "ENABLED" *(SP capability)</summary>
    public void Enabled(IEnumerable<string> capabilities) => Names("* ENABLED"u8, capabilities);

    /// <summary>id-response = "ID" SP id-params-list (RFC 2971); NIL when empty.</summary>
    public void Id(IReadOnlyCollection<KeyValuePair<string, string?>> parameters)
    {
        _buffer.Put("* ID "u8);
        if (parameters.Count == 0) _buffer.Put("NIL"u8);
        var separator = (byte)'(';
        foreach (var (name, value) in parameters)
        {
            _buffer.Put(separator);
            separator = (byte)' ';
            _buffer.PutString(Encoding.UTF8.GetBytes(name), Utf8);
            _buffer.Put((byte)' ');
            if (value is null) _buffer.Put("NIL"u8);
            else _buffer.PutString(Encoding.UTF8.GetBytes(value), Utf8);
        }

        if (parameters.Count > 0) _buffer.Put((byte)')');
        EndLine();
    }

    private void Names(ReadOnlySpan<byte> start, IEnumerable<string> names)
    {
        _buffer.Put(start);
        foreach (var name in names)
        {
            _buffer.Put((byte)' ');
            _buffer.PutText(name);
        }

        EndLine();
    }

    private void Condition(ImapCondition condition, ReadOnlySpan<char> text, string? code)
    {
        _buffer.Put(condition switch
        {
            ImapCondition.Ok => " OK "u8,
            ImapCondition.No => " NO "u8,
            ImapCondition.Bad => " BAD "u8,
            ImapCondition.PreAuth => " PREAUTH "u8,
            _ => " BYE "u8,
        });
        if (code is not null)
        {
            _buffer.Put((byte)'[');
            _buffer.PutText(code);
            _buffer.Put("] "u8);
        }

        _buffer.PutText(text);
        EndLine();
    }

    /// <summary>message-data and mailbox-data with a number: <c>* n NAME</c></summary>
    private void Numbered(uint number, ReadOnlySpan<byte> name)
    {
        _buffer.Put("* "u8);
        _buffer.Put(number);
        _buffer.Put(name);
        EndLine();
    }

    private void EndLine()
    {
        _buffer.Put("\r\n"u8);
        _buffer.Flush();
    }
}
