using MailGrains.Grains.Contracts.Messages;
using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>A message whose body lies in the body store already and that is to enter a folder.</summary>
/// <param name="InternalDate">Seconds since 1970, UTC.</param>
internal sealed record IncomingMessage(
    MessageContent Content, ReadOnlyMemory<byte> Prefix, BodyLocator Body, MessageFlags Flags, long InternalDate)
{
    public long Size => Prefix.Length + (long)Content.Bytes.Length;
}
