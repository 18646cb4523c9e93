using MailGrains.Lmtp;

namespace MailGrains.Protocol.Tests.Lmtp;

internal sealed class ByteSink : IMessageSink
{
    private readonly List<byte> _bytes = [];

    public string Text => System.Text.Encoding.Latin1.GetString([.. _bytes]);

    public void Append(ReadOnlySpan<byte> octets) => _bytes.AddRange(octets);
}
