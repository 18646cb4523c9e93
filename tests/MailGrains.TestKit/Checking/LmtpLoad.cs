using MailGrains.TestKit.Clients;

namespace MailGrains.TestKit.Checking;

/// <summary>
/// One MTA that delivers without pause, to one or two users at a time. What it got no final answer for it delivers again on its next
/// connection, as MTAs do; the first attempt may be under way still.
/// </summary>
internal sealed class LmtpLoad(LoadRun run, int number)
{
    private readonly Random _random = new((run.Round * 100) + number);
    private readonly List<MessageHistory> _unanswered = [];
    private int _next;

    public Task RunAsync(CancellationToken cancellation) => run.RunClientAsync(async () =>
    {
        using var lmtp = await RawLmtp.ConnectAsync(run.Ends.Lmtp(), cancellation);
        foreach (var history in _unanswered.ToList()) await DeliverAsync(lmtp, [history], cancellation);
        while (!run.IsOver)
        {
            var token = $"lmtp-{run.Round}-{number}-{_next++}";
            var content = LoadMessages.Make(token);
            string[] to = [.. run.Users.OrderBy(_ => _random.Next()).Take(_random.Next(1, 3))];
            var histories = to.Select(user => new MessageHistory(user, token, content) { Delivered = true, Sender = $"{token}@example.net" }).ToList();
            foreach (var history in histories)
            {
                run.Checker.Add(history);
                history.Begin("MessageNew", Arrive);
            }

            _unanswered.AddRange(histories);
            await DeliverAsync(lmtp, histories, cancellation);
        }
    });

    /// <summary>As an MTA that didn't hear the answer: the same message again, to one recipient.</summary>
    public static async Task DeliverAgainAsync(RawLmtp lmtp, MessageHistory history, CancellationToken cancellation)
    {
        if (!history.Arrived) history.Begin("MessageNew", Arrive);
        var reply = (await lmtp.DeliverAsync(history.Sender, [history.User], history.Content, cancellation))[0];
        if (!reply.StartsWith("250 ", StringComparison.Ordinal)) throw new InvalidOperationException($"{history.Token} again: {reply}");
        history.Receipt = ReceiptIn(reply);
        if (!history.IsCertain) history.Acknowledged();
    }

    private static string ReceiptIn(string reply) => reply.TrimEnd().Split(' ')[^1];

    private static IReadOnlyList<Placement> Arrive(IReadOnlyList<Placement> before) => [new Placement("INBOX", null, false)];

    private async Task DeliverAsync(RawLmtp lmtp, List<MessageHistory> histories, CancellationToken cancellation)
    {
        var refusal = await lmtp.SendMessageAsync(histories[0].Sender, [.. histories.Select(h => h.User)], histories[0].Content, cancellation);
        if (refusal is not null) throw new RefusedException(refusal);
        foreach (var history in histories)
        {
            var reply = await lmtp.ReplyAsync(cancellation);
            if (!reply.StartsWith("250 ", StringComparison.Ordinal))
            {
                run.Refused(history, reply);
                continue;
            }

            _unanswered.Remove(history);
            history.Receipt = ReceiptIn(reply);
            history.Acknowledged();
            run.Acknowledged();
        }
    }
}
