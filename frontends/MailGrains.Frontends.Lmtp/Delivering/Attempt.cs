using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>What the deliveries of one transaction have in common.</summary>
/// <param name="Started">Time stamp of the end of data.</param>
internal sealed record Attempt(LmtpSession Session, LmtpTransaction Transaction, MessageContent Content, SessionOrigin Origin, long Started)
{
    /// <summary>The connection and the transaction's number on it.</summary>
    public string Id { get; } = $"{Session.Connection.Info.Id}.{Session.Transactions}";

    public static SessionOrigin OriginOf(LmtpSession session)
    {
        var info = session.Connection.Info;
        return new SessionOrigin
        {
            Service = info.Service,
            ClientAddress = info.Client?.Address.ToString(),
            ClientPort = info.Client?.Port ?? 0,
            ServerAddress = info.Server?.Address.ToString(),
            ServerPort = info.Server?.Port ?? 0,
            ConnectionId = info.Id,
        };
    }

    public Delivery For(LmtpRecipient recipient, AccountId account, string hostName, DateTimeOffset now)
    {
        var sender = Transaction.Sender.Address;
        return new Delivery
        {
            Operation = DeliveryOperation.Of(account, sender, Content.Blob),
            Content = Content,
            Prefix = TracePrefix.Build(Transaction, recipient.Path, Session.ClientName, Session.Connection.Info, hostName, Id, now),
            Detail = recipient.Detail,
            Sender = sender,
            Recipient = recipient.Path.Address,
            Origin = Origin,
        };
    }
}
