using MailGrains.Storage.Bodies;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Http.Messages;

/// <summary>A message read from the store; its octets are the prefix and the body. Dispose to give the body's memory back.</summary>
internal sealed class StoredMessage(EmailRecord record, BodyLease body) : IDisposable
{
    private BodyLease _body = body;

    public EmailRecord Record => record;

    public ReadOnlyMemory<byte> Prefix => record.Prefix;

    public ReadOnlyMemory<byte> Body => _body.Memory;

    public long Length => Prefix.Length + Body.Length;

    public void Dispose() => _body.Dispose();
}
