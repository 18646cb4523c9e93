using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Rendering;

/// <summary>
/// Writes address lists as ENVELOPE's addresses, <c>"(" name adl mailbox host ")"</c>. A host that is missing is empty, never
/// NIL, which would be a group.
/// </summary>
internal sealed class AddressListWriter : IAddressSink
{
    private readonly AddressListReader _reader;
    private SummaryBuffer _output = new(1);
    private bool _any;

    public AddressListWriter() => _reader = new AddressListReader(this);

    public void Begin(SummaryBuffer output)
    {
        _output = output;
        _any = false;
    }

    /// <summary>Adds the addresses of one field's value.</summary>
    public void Add(ReadOnlySpan<byte> value) => _reader.Read(value);

    /// <summary>Ends the list; one without addresses is NIL.</summary>
    /// <returns>Whether there was any address.</returns>
    public bool End()
    {
        if (_any)
            _output.WriteByte((byte)')');
        else
            ImapText.WriteNil(_output);
        return _any;
    }

    void IAddressSink.Address(ReadOnlySpan<byte> name, ReadOnlySpan<byte> route, ReadOnlySpan<byte> mailbox, ReadOnlySpan<byte> host)
    {
        Open();
        WriteOptional(name);
        _output.WriteByte((byte)' ');
        WriteOptional(route);
        _output.WriteByte((byte)' ');
        ImapText.WriteString(_output, mailbox);
        _output.WriteByte((byte)' ');
        ImapText.WriteString(_output, host);
        _output.WriteByte((byte)')');
    }

    void IAddressSink.GroupStart(ReadOnlySpan<byte> name)
    {
        Open();
        _output.Write("NIL NIL "u8);
        ImapText.WriteString(_output, name);
        _output.Write(" NIL)"u8);
    }

    void IAddressSink.GroupEnd() => _output.Write("(NIL NIL NIL NIL)"u8);

    private void Open()
    {
        if (!_any)
            _output.WriteByte((byte)'(');
        _any = true;
        _output.WriteByte((byte)'(');
    }

    private void WriteOptional(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            ImapText.WriteNil(_output);
        else
            ImapText.WriteString(_output, text);
    }
}
