using System.Buffers;

namespace MailGrains.Outputs.Webhooks;

/// <summary>Gathers objects into an array, or lines.</summary>
internal sealed class WebhookBody(bool isLines)
{
    private ArrayBufferWriter<byte> _octets = new();

    public bool IsEmpty => _octets.WrittenCount == 0;

    public int Length => _octets.WrittenCount;

    public void Add(ReadOnlySpan<byte> one)
    {
        if (!isLines) _octets.Write(IsEmpty ? "["u8 : ","u8);
        _octets.Write(one);
        if (isLines) _octets.Write("\n"u8);
    }

    /// <summary>The whole body; what is added next begins another.</summary>
    public ReadOnlyMemory<byte> End()
    {
        if (!isLines) _octets.Write("]"u8);
        var whole = _octets.WrittenMemory;
        _octets = new ArrayBufferWriter<byte>();
        return whole;
    }
}
