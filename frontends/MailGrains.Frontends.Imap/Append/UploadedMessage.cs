using System.Buffers;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Mime;
using MailGrains.Model;
using AppendMessage = MailGrains.Imap.AppendMessage;

namespace MailGrains.Frontends.Imap.Append;

/// <summary>One message of an APPEND and the pooled buffer its octets are taken into.</summary>
internal sealed class UploadedMessage(AppendMessage message) : IDisposable
{
    private readonly byte[] _octets = ArrayPool<byte>.Shared.Rent(message.Octets);
    private int _length;

    public AppendMessage Message => message;

    public void Add(in ReadOnlySequence<byte> piece)
    {
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
}
