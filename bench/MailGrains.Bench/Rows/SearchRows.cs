using System.Text;
using MailGrains.Bench.Generator;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>SEARCH over the 10,000-message mailbox; the hits of both servers must be the same.</summary>
internal static class SearchRows
{
    public static IEnumerable<Measurement> All =>
    [
        Search("search-flags", "SEARCH UNSEEN ANSWERED", "UNSEEN ANSWERED"),
        Search("search-dates", "SEARCH SINCE BEFORE", "SINCE 1-Jul-2022 BEFORE 1-Oct-2022"),
        Search("search-sent", "SEARCH SENTSINCE SENTBEFORE", "SENTSINCE 1-Jul-2022 SENTBEFORE 1-Oct-2022"),
        Search("search-sizes", "SEARCH LARGER SMALLER", "LARGER 50000 SMALLER 100000"),
        Search("search-subject", "SEARCH SUBJECT", $"SUBJECT \"{Word(300)}\""),
        Search("search-from", "SEARCH FROM", $"FROM \"{FrequentSender()}\""),
        Search("search-text", "SEARCH TEXT (brute force)", $"TEXT \"{Word(2500)}\""),
        Search("search-body", "SEARCH BODY (brute force)", $"BODY \"{Word(2600)}\""),
    ];

    private static string Word(int rank) => Vocabulary.Of(Language.Ascii).Ranked(rank);

    private static string FrequentSender()
    {
        var address = Cast.Of(Mailboxes.Seed).People.First(person => person.Language == Language.Ascii).Address;
        return address[..address.IndexOf('.')];
    }

    private static Measurement Search(string name, string operation, string criteria) =>
        new(name, operation, Unit.Milliseconds, Goal.RatioAtMost(1), server => Run(server, "SEARCH " + criteria)) { NeedsMailbox = true };

    private static Outcome Run(MailServer server, string command)
    {
        using var imap = server.LogIn(Users.Reader, "INBOX");
        List<string> lines = [];
        var time = Samples.Median(40, () => lines = imap.RunForLines(command));
        var hits = lines.FirstOrDefault(line => line.StartsWith("* SEARCH", StringComparison.Ordinal)) ?? "* SEARCH";
        return new Outcome(time, Encoding.ASCII.GetBytes(hits).Count(b => b == ' ') - 1);
    }
}
