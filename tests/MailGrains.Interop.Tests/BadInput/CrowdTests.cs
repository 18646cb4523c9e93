using System.Collections.Concurrent;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>Attacks by their number: many connections, each of which does little.</summary>
public sealed class CrowdTests(AttackedServer server) : IClassFixture<AttackedServer>
{
    private const int BrokenOff = 1000;
    private const int Sessions = 1000;
    private const int AllowedSessions = 100;
    private const int NeverReading = 20;
    private const int Guessers = 50;
    private const int GuessesOfEach = 20;
    private const int LoginsAtOnce = 50;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private int Imap => server.Process.Ports.Imap;

    [Fact]
    public async Task A_thousand_exchanges_broken_off_half_way_leave_logins_alone()
    {
        using var bystander = await BystanderAsync();
        var burden = await Burden.BeginAsync(server.Process);
        var place = server.NewPlace();
        var first = Attack.Base64("n,,n=victim@example.org,r=fyko+d2lbbFgONRv9qkxdawL");
        var times = await bystander.DuringAsync(
            () => InTurnsAsync(BrokenOff, LoginsAtOnce, async _ =>
            {
                using var client = await Stranger.ConnectAsync(place, Imap, Cancellation);
                await client.SendAsync($"a AUTHENTICATE SCRAM-SHA-256 {first}\r\n", Cancellation);
                Assert.StartsWith("+ ", (await client.LinesToAsync("+ ", Cancellation))[^1]);
            }),
            Cancellation);
        burden.AssertBearable(BrokenOff);
        times.AssertPrompt();
        (await server.LoggedInAsync(AttackedServer.Victim)).Dispose();
    }

    [Fact]
    public async Task Of_a_thousand_sessions_of_one_user_a_hundred_are_let_in_and_idle()
    {
        using var bystander = await BystanderAsync();
        var burden = await Burden.BeginAsync(server.Process);
        var idle = new ConcurrentBag<RawImap>();
        var refused = 0;
        try
        {
            var times = await bystander.DuringAsync(
                () => InTurnsAsync(Sessions, LoginsAtOnce, async _ =>
                {
                    try
                    {
                        var imap = await server.LoggedInAsync(AttackedServer.Addressee);
                        idle.Add(imap);
                        await imap.BeginIdleAsync(Cancellation);
                    }
                    catch (RefusedException limit)
                    {
                        Assert.StartsWith("NO [LIMIT]", limit.Answer);
                        Interlocked.Increment(ref refused);
                    }
                }),
                Cancellation);
            burden.AssertBearable(AllowedSessions);
            times.AssertPrompt();
            Assert.Equal((AllowedSessions, Sessions - AllowedSessions), (idle.Count, refused));
        }
        finally
        {
            foreach (var imap in idle) imap.Dispose();
        }
    }

    [Fact]
    public async Task Clients_that_never_read_are_no_longer_read_from()
    {
        const int commands = 10_000, messageOctets = 1_000_000;
        using (var imap = await server.LoggedInAsync(AttackedServer.Victim))
        {
            (await imap.RunAsync("CREATE Large", Cancellation)).Ok();
            (await imap.AppendAsync("Large", "", Enumerable.Repeat((byte)'x', messageOctets).ToArray(), Cancellation)).Ok();
        }

        using var bystander = await BystanderAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, NeverReading).Select(_ => SelectedAsync("Large")));
        var burden = await Burden.BeginAsync(server.Process);
        var pipelined = string.Concat(Enumerable.Range(0, commands).Select(i => $"p{i} FETCH 1:* BODY.PEEK[]\r\n"));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var sending = clients.Select(client => client.SendAsync(pipelined, enough.Token, times: 100)).ToList();
        var times = await bystander.DuringAsync(async () =>
        {
            for (var i = 0; i < 200; i++) await server.ContentsAsync(AttackedServer.Addressee);
        }, Cancellation);

        // Each wants a terabyte.
        Assert.DoesNotContain(sending, task => task.IsCompleted);
        burden.AssertBearable(NeverReading);
        times.AssertPrompt();
        await enough.CancelAsync();
        foreach (var client in clients) client.Dispose();
        foreach (var task in sending) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    [Fact]
    public async Task A_thousand_guesses_over_fifty_connections_get_few_answers_and_keep_nobody_out()
    {
        using var bystander = await BystanderAsync();
        var answers = new ConcurrentDictionary<string, int>();
        var burden = await Burden.BeginAsync(server.Process);
        var times = await bystander.DuringAsync(
            () => Task.WhenAll(Enumerable.Range(0, Guessers).Select(async guesser =>
            {
                for (var guess = 0; guess < GuessesOfEach;)
                {
                    using var client = await Stranger.ConnectAsync(server.NewPlace(), Imap, Cancellation);
                    for (var i = 0; i < 4 && guess < GuessesOfEach; i++, guess++)
                    {
                        await client.SendAsync($"a LOGIN nobody50@example.org guess-{guesser}-{guess}\r\n", Cancellation);
                        answers.AddOrUpdate((await client.LinesToAsync("a ", Cancellation))[^1], 1, (_, n) => n + 1);
                    }
                }
            })),
            Cancellation);
        burden.AssertBearable(Guessers);
        times.AssertPrompt();
        Assert.Equal(Guessers * GuessesOfEach, answers.Values.Sum());
        Assert.InRange(answers["a NO [AUTHENTICATIONFAILED] Invalid user name or password"], 1, Guessers);
        Assert.Equal(2, answers.Count);
        (await server.LoggedInAsync(AttackedServer.Victim)).Dispose();
    }

    private Task<Bystander> BystanderAsync() => Bystander.LoggedInAsync(Imap, AttackedServer.Bystander, AttackedServer.Password, Cancellation);

    private async Task<Stranger> SelectedAsync(string folder)
    {
        var client = await Stranger.ConnectAsync(server.NewPlace(), Imap, Cancellation);
        await client.SendAsync($"x LOGIN {AttackedServer.Victim} \"{AttackedServer.Password}\"\r\ny EXAMINE {folder}\r\n", Cancellation);
        await client.LinesToAsync("y OK", Cancellation);
        return client;
    }

    private static Task InTurnsAsync(int count, int atOnce, Func<int, Task> act) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = Cancellation }, async (i, _) => await act(i));
}
