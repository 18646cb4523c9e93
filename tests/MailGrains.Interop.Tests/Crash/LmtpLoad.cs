using MailGrains.Interop.Tests.Clients;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>One MTA connection that delivers without pause, to one or two users at a time.</summary>
internal sealed class LmtpLoad(LoadRun run, int number)
{
    private readonly Random _random = new((run.Round * 100) + number);

    public Task RunAsync(CancellationToken cancellation) => LoadRun.UntilDeathAsync(async () =>
    {
        using var lmtp = await RawLmtp.ConnectAsync(run.Server.Ports.Lmtp, cancellation);
        for (var n = 0; ; n++)
        {
            var token = $"lmtp-{run.Round}-{number}-{n}";
            var content = LoadMessages.Make(token);
            string[] to = [.. run.Users.OrderBy(_ => _random.Next()).Take(_random.Next(1, 3))];
            var histories = to.Select(user => new MessageHistory(user, token, content) { Delivered = true, Sender = $"{token}@example.net" }).ToList();
            foreach (var history in histories) run.Checker.Add(history);
            await DeliverAsync(lmtp, histories, cancellation);
        }
    });

    /// <summary>As an MTA that didn't hear the answer: the same message again, to one recipient.</summary>
    public static async Task DeliverAgainAsync(RawLmtp lmtp, MessageHistory history, CancellationToken cancellation)
    {
        if (!history.Arrived) history.Begin("MessageNew", Arrive);
        var reply = (await lmtp.DeliverAsync(history.Sender, [history.User], history.Content, cancellation))[0];
        if (!reply.StartsWith("250 ", StringComparison.Ordinal)) throw new InvalidOperationException($"{history.Token} again: {reply}");
        if (!history.IsCertain) history.Acknowledged();
    }

    private static IReadOnlyList<Placement> Arrive(IReadOnlyList<Placement> before) => [new Placement("INBOX", null, false)];

    private async Task DeliverAsync(RawLmtp lmtp, List<MessageHistory> histories, CancellationToken cancellation)
    {
        foreach (var history in histories) history.Begin("MessageNew", Arrive);
        var refusal = await lmtp.SendMessageAsync(histories[0].Sender, [.. histories.Select(h => h.User)], histories[0].Content, cancellation);
        if (refusal is not null) throw new InvalidOperationException(refusal);
        foreach (var history in histories)
        {
            var reply = await lmtp.ReplyAsync(cancellation);
            if (reply.StartsWith("250 ", StringComparison.Ordinal))
            {
                history.Acknowledged();
                run.Acknowledged();
            }
            else
            {
                history.Refused();
                run.Surprise(reply);
            }
        }
    }
}
