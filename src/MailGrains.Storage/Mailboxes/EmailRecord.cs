using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Mailboxes;

/// <summary>
/// The immutable content of a message as the index knows it. The message's octets are <see cref="Prefix"/> followed by the
/// body named <see cref="Blob"/>.
/// </summary>
/// <param name="Prefix">Trace header lines added at delivery; empty for APPEND.</param>
/// <param name="Body">Where the body lies now.</param>
/// <param name="Summary">Encoded <c>MessageSummary</c> of the body.</param>
public sealed record EmailRecord(EmailId Id, BlobId Blob, ReadOnlyMemory<byte> Prefix, BodyLocator Body, ReadOnlyMemory<byte> Summary);
