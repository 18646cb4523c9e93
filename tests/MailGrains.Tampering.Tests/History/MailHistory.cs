using System.Text;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Tampering.Tests.History;

/// <summary>
/// What happens on a server before somebody tampers with its database: mail comes and is read, filed, renamed and thrown away, people log in or fail to,
/// administrators act; and somebody outside keeps what was signed and the receipts.
/// </summary>
internal sealed class MailHistory(SiloProcess silo, Auditor auditor)
{
    public const string Password = "correct horse";

    /// <summary>A mailbox of its own for each of those who tamper with one.</summary>
    public static IReadOnlyList<string> Users { get; } = [.. Enumerable.Range(1, 60).Select(n => $"user{n}@example.org")];

    /// <summary>Together with what undoes each more than a tile of the log's tree has.</summary>
    private const int ManyChanges = 150;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The first part: afterwards somebody keeps a copy of everything.</summary>
    public async Task BeginAsync(string folder)
    {
        var file = Path.Combine(folder, "accounts.csv");
        await File.WriteAllLinesAsync(file, Users.Select(user => $"{user},{Password}"), Cancellation);
        (await silo.AdminAsync("", "account", "import", file)).Succeeded();
        await DeliverAsync(1, Users);
        await auditor.KeepAsync(silo);
    }

    /// <summary>The second part, signed at its end; and what came after that.</summary>
    public async Task GoOnAsync()
    {
        await DeliverAsync(2, Users);
        await DeliverAsync(3, Users);
        await Parallel.ForEachAsync(Users, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation }, async (user, _) => await ReadMailAsync(user));
        await ChangeOftenAsync(Users[^1]);
        using (var stranger = await RawImap.ConnectAsync(silo.ImapPort, Cancellation))
            Assert.False((await stranger.RunAsync($"LOGIN \"{Users[0]}\" wrong", Cancellation)).IsOk);
        (await silo.AdminAsync("battery staple\n", "account", "passwd", Users[0], "--password-stdin")).Succeeded();
        (await silo.AdminAsync("", "account", "disable", Users[1])).Succeeded();
        (await silo.AdminAsync("", "account", "enable", Users[1])).Succeeded();
        await auditor.KeepAsync(silo);
        await DeliverAsync(4, [Users[^1]]);
    }

    private async Task DeliverAsync(int number, IReadOnlyList<string> users)
    {
        // Long enough to be compressed in the store.
        var text = string.Concat(Enumerable.Repeat($"line of message {number}\r\n", 40));
        var message = Encoding.ASCII.GetBytes($"Message-ID: <{number}@example.net>\r\nSubject: number {number}\r\n\r\n{text}");
        using var lmtp = await RawLmtp.ConnectAsync(silo.LmtpPort, Cancellation);
        var replies = await lmtp.DeliverAsync("bob@example.net", users, message, Cancellation);
        Assert.All(replies, reply => Assert.StartsWith("250 ", reply));
        auditor.Receipts.AddRange(replies.Select(reply => reply.TrimEnd().Split(' ')[^1]));
    }

    private async Task ChangeOftenAsync(string user)
    {
        using var imap = await RawImap.LoggedInAsync(silo.ImapPort, user, Password, Cancellation);
        (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
        for (var number = 0; number < ManyChanges; number++)
            foreach (var sign in "+-") (await imap.RunAsync($@"UID STORE 1 {sign}FLAGS.SILENT (\Answered)", Cancellation)).Ok();
    }

    /// <summary>INBOX has UIDs 1 and 4 at the end, with flags; the folder that was renamed has copies of 1 and 2, Archive has 2; 3 is gone.</summary>
    private async Task ReadMailAsync(string user)
    {
        using var imap = await RawImap.LoggedInAsync(silo.ImapPort, user, Password, Cancellation);
        (await imap.AppendAsync("INBOX", @"\Draft", Encoding.ASCII.GetBytes($"Subject: of {user}\r\n\r\nnot sent yet\r\n"), Cancellation)).Ok();
        foreach (var command in new[]
        {
            "CREATE Work", "SELECT INBOX", @"UID STORE 1 +FLAGS (\Seen $Important)", "UID STORE 4 +FLAGS ($Later)", "UID COPY 1:2 Work",
            "UID MOVE 2 Archive", @"UID STORE 3 +FLAGS (\Deleted)", "EXPUNGE", "SUBSCRIBE Work", "RENAME Work Projects", "LOGOUT",
        })
            (await imap.RunAsync(command, Cancellation)).Ok();
    }
}
