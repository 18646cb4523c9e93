using System.Buffers;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Mime;
using MailGrains.Model;
using AppendMessage = MailGrains.Imap.AppendMessage;

namespace MailGrains.Frontends.Imap.Append;

/// <summary>
/// One message of an APPEND and the pooled buffer its octets are taken into. The buffer grows with what has arrived: announcing a large message and
/// sending nothing costs the client, not the server.
/// </summary>
internal sealed class UploadedMessage(AppendMessage message) : IDisposable
{
    // Nearly every message fits in here and is never copied on.
    private const int FirstOctets = 256 * 1024;

    private byte[] _octets = ArrayPool<byte>.Shared.Rent(Math.Min(message.Octets, FirstOctets));
    private int _length;

    public AppendMessage Message => message;

    public void Add(in ReadOnlySequence<byte> piece)
    {
        if (_octets.Length - _length < piece.Length) Grow((int)piece.Length);
        piece.CopyTo(_octets.AsSpan(_length));
        _length += (int)piece.Length;
    }

    public MessageContent ToContent()
    {
        var octets = _octets.AsMemory(0, _length);
        var summary = SummaryBuilder.Build(octets);
        return new MessageContent { Blob = BlobId.Of(octets.Span), Bytes = octets, Summary = summary.Encoded, MessageId = MessageIds.Of(summary) };
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_octets);

    private void Grow(int octets)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(message.Octets, Math.Max(2L * _octets.Length, (long)_length + octets)));
        _octets.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_octets);
        _octets = larger;
    }
}
