using MailGrains.Bench.Client;
using MailGrains.Bench.Generator;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>Mail coming in: LMTP and APPEND, each answer a promise that the message is durable.</summary>
internal static class DeliveryRows
{
    private const int MessageSize = 10 * 1024;

    public static IEnumerable<Measurement> All =>
    [
        new("lmtp-many", "LMTP 10 KB, 8 users, 32 connections", Unit.MessagesPerSecond, Goal.RatioAtLeast(4),
            server => DeliverToMany(server)) { Durable = true, GoalOnDatabase = Goal.RatioAtLeast(2) },
        new("lmtp-one-user", "LMTP 10 KB, 1 user, 8 connections", Unit.MessagesPerSecond, Goal.RatioAtLeast(4),
            server => Deliver(server, 8, _ => Users.SingleRecipient)) { Durable = true, GoalOnDatabase = Goal.RatioAtLeast(2) },
        new("lmtp-sequential", "LMTP mixed sizes, 1 connection", Unit.MessagesPerSecond, Goal.RatioAtLeast(1), DeliverMixed)
            { Durable = true },
        new("append", "APPEND 10 KB in sequence, 1 connection", Unit.MessagesPerSecond, Goal.RatioAtLeast(1), Append) { Durable = true },
    ];

    /// <summary>What <c>lmtp-many</c> does, for as long as is wished.</summary>
    public static Outcome DeliverToMany(MailServer server, TimeSpan? measured = null) => Deliver(server, 32, Users.Recipient, measured);

    private static Outcome Deliver(MailServer server, int connections, Func<int, int> recipient, TimeSpan? measured = null) =>
        Load.Run(connections, index => new LmtpWorker(server, recipient(index), OfSize(index)), worker => worker.Deliver(), measured);

    private static Outcome DeliverMixed(MailServer server) =>
        Load.Run(1, _ => new LmtpWorker(server, Users.MixedRecipient, new MailboxGenerator(5).Generate(500)), worker => worker.Deliver());

    private static Outcome Append(MailServer server)
    {
        var messages = new UniqueMessages(OfSize(77));
        return Load.Run(1, _ => server.LogIn(Users.Appender), connection => connection.Append("INBOX", ("", messages.Next())));
    }

    private static IEnumerable<GeneratedMessage> OfSize(int seed) =>
        new MailboxGenerator((ulong)seed + 1000).GenerateOfSize(60, MessageSize);

    private sealed class LmtpWorker : IDisposable
    {
        private readonly LmtpConnection _connection;
        private readonly UniqueMessages _messages;
        private readonly string _recipient;

        // Workers start one after the other, and each delivers once at its start: a mailbox that many first deliveries create
        // at the same time sends Dovecot's LMTP processes into a lock panic, and creation is not what is measured.
        public LmtpWorker(MailServer server, int recipient, IEnumerable<GeneratedMessage> messages)
        {
            (_connection, _messages, _recipient) = (server.ConnectLmtp(), new UniqueMessages(messages), server.Address(recipient));
            Deliver();
        }

        public void Deliver() => _connection.Deliver("sender@example.com", _recipient, _messages.Next());

        public void Dispose() => _connection.Dispose();
    }
}
