using System.Text.RegularExpressions;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>
/// Every attack from many connections at once, on a server as people run it: each is answered as it should be, the process lives and bears it,
/// somebody else is served meanwhile, nothing of it is in the mailbox, and the log cannot be forged.
/// </summary>
public sealed partial class AttackTests(AttackedServer server) : IClassFixture<AttackedServer>
{
    internal const int Clients = 20;

    private static readonly Dictionary<string, Attack> Attacks =
        StrangerAttacks.All.Concat(MailboxAttacks.All).Concat(LmtpAttacks.All).ToDictionary(attack => attack.ToString());

    public static TheoryData<string> Names => [.. Attacks.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_answered_and_harms_nobody(string name)
    {
        var attack = Attacks[name];
        var attacked = attack.Place == AttackPlace.Lmtp ? AttackedServer.Addressee : AttackedServer.Victim;
        var before = await server.ContentsAsync(attacked);
        using var bystander = await Bystander.LoggedInAsync(server.Process.Ports.Imap, AttackedServer.Bystander, AttackedServer.Password, Cancellation);
        using var log = new LogWatch(server.Process.Log);
        var place = server.NewPlace(attack.Place is AttackPlace.ImapProxy or AttackPlace.LmtpProxy);
        var clients = await Task.WhenAll(Enumerable.Range(1, Clients).Select(_ => BeginAsync(attack.Place, place)));
        var burden = await Burden.BeginAsync(server.Process);
        string[] said = [];
        var times = await bystander.DuringAsync(
            async () => said = await Task.WhenAll(clients.Select((client, i) => CarryOutAsync(client, attack, i + 1))), Cancellation);

        burden.AssertBearable(Clients);
        times.AssertPrompt();
        Assert.All(said, answer => AssertAnswer(attack, answer));
        var lines = await log.LinesAsync(attack.LogLine ?? $"Session ended .*client={place} ", Clients, Cancellation);
        LogWatch.AssertClean(lines);
        (await server.ContentsAsync(attacked)).AssertGrewFrom(before, attack.Stored);
        foreach (var client in clients) client.Dispose();
    }

    /// <summary>The page tells what is tried here, and no more.</summary>
    [Fact]
    public void Attacks_are_those_of_the_page()
    {
        var rows = File.ReadLines(Path.Combine(Built.Root, "docs", "bad-input.md")).Select(l => Row().Match(l)).Where(row => row.Success)
            .Select(row => (First: int.Parse(row.Groups[1].Value, null), Last: int.Parse(row.Groups[2].Success ? row.Groups[2].Value : row.Groups[1].Value, null)))
            .ToList();
        Assert.All(rows, row => Assert.Contains(Attacks.Values, attack => row.First <= attack.Entry && attack.Entry <= row.Last));
        Assert.All(Attacks.Values, attack => Assert.Contains(rows, row => row.First <= attack.Entry && attack.Entry <= row.Last));
    }

    private static void AssertAnswer(Attack attack, string answer)
    {
        Assert.Matches(new Regex(attack.Answer, RegexOptions.Multiline), answer);
        Assert.DoesNotMatch(new Regex(attack.Never, RegexOptions.Multiline), answer);
        if (attack.End == AttackEnd.GoesOn) Assert.Matches(new Regex(@"^(z OK|221) .*\n\z", RegexOptions.Multiline), answer);
    }

    /// <summary>Connects, and takes the place the attack begins at.</summary>
    private async Task<Stranger> BeginAsync(AttackPlace place, string from)
    {
        var ports = server.Process.Ports;
        var client = await Stranger.ConnectAsync(from, place is AttackPlace.Lmtp or AttackPlace.LmtpProxy ? ports.Lmtp : ports.Imap, Cancellation);
        switch (place)
        {
            case AttackPlace.Imap:
                await client.LineAsync(Cancellation);
                break;
            case AttackPlace.Mailbox:
                await client.SendAsync($"x LOGIN {AttackedServer.Victim} \"{AttackedServer.Password}\"\r\n", Cancellation);
                await client.LinesToAsync("x OK", Cancellation);
                await client.SendAsync("y SELECT INBOX\r\n", Cancellation);
                await client.LinesToAsync("y OK", Cancellation);
                break;
            case AttackPlace.Lmtp:
                await client.SendAsync("LHLO client.example\r\n", Cancellation);
                await client.LinesToAsync("250 ", Cancellation);
                break;
        }

        return client;
    }

    /// <summary>All that is said to the end of the connection.</summary>
    private static async Task<string> CarryOutAsync(Stranger client, Attack attack, int number)
    {
        var sending = SendAsync(client, attack, number);
        var lines = await client.LinesToEndAsync(Cancellation);
        await sending;
        return string.Concat(lines.Select(l => l + "\n"));
    }

    private static async Task SendAsync(Stranger client, Attack attack, int number)
    {
        await client.SendAsync(attack.Octets.Replace(Attack.ClientNumber, $"{number}", StringComparison.Ordinal), Cancellation, attack.Times);
        if (attack.End == AttackEnd.GoesOn) await client.SendAsync(attack.Place == AttackPlace.Lmtp ? "QUIT\r\n" : "z LOGOUT\r\n", Cancellation);
        else if (attack.End == AttackEnd.ClientLeaves) client.SendNothingMore();
    }

    [GeneratedRegex(@"^\| (\d+)(?:–(\d+))? \|.*\bAttackTests\b")]
    private static partial Regex Row();
}
