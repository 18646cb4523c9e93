using MailGrains.Bench.Client;
using MailGrains.Bench.Generator;

namespace MailGrains.Bench.Bonnie;

/// <summary>
/// The deliveries: first those to one mailbox each, on several connections, then one message to many. The mailboxes take their turns in a mixed order, so
/// that mail for one comes again when others have had theirs.
/// </summary>
internal sealed class BonnieLoad(Endpoint lmtp, BonnieOptions options)
{
    private const string Sender = "sender@example.com";
    private const int MessagesOfConnection = 300;

    private readonly int _stride = StrideFor(options.Mailboxes);
    private int _taken;
    private int _delivered;

    /// <summary>Messages delivered so far, a message to many counted for each.</summary>
    public int Delivered => Volatile.Read(ref _delivered);

    public void DeliverSingly()
    {
        Exception? failure = null;
        var threads = Enumerable.Range(0, options.Connections).Select(number => new Thread(() =>
        {
            try
            {
                Deliver(new UniqueMessages(Messages(number, MessagesOfConnection)));
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        if (failure is not null)
            throw new InvalidOperationException(failure.Message, failure);
    }

    /// <summary>One message to many recipients, in as few transactions as the server allows.</summary>
    public void DeliverToAll()
    {
        using var connection = new LmtpConnection(lmtp);
        var message = new UniqueMessages(Messages(options.Connections, 1)).Next();
        foreach (var some in Enumerable.Range(1, options.Recipients).Select(BonnieOptions.Address).Chunk(options.RecipientsOfTransaction))
        {
            connection.DeliverToAll(Sender, some, message);
            Interlocked.Add(ref _delivered, some.Length);
        }
    }

    private void Deliver(UniqueMessages messages)
    {
        using var connection = new LmtpConnection(lmtp);
        while (Interlocked.Increment(ref _taken) is var turn && turn <= options.Deliveries)
        {
            var mailbox = 1 + (int)((long)turn * _stride % options.Mailboxes);
            connection.Deliver(Sender, BonnieOptions.Address(mailbox), messages.Next());
            Interlocked.Increment(ref _delivered);
        }
    }

    private IEnumerable<GeneratedMessage> Messages(int seed, int count) =>
        new MailboxGenerator((ulong)seed + 2000).GenerateAround(count, options.MedianSize);

    /// <summary>A step that comes to every mailbox before it comes to one again: nothing divides both.</summary>
    private static int StrideFor(int mailboxes)
    {
        var stride = (int)(mailboxes * 0.618) + 1;
        while (Divisor(stride, mailboxes) != 1)
            stride++;
        return stride;
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
