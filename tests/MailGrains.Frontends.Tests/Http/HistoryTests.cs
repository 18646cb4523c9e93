using MailGrains.Frontends.Tests.Imap;
using MailGrains.Storage.Events;
using MailGrains.Views.History;
using Xunit;

namespace MailGrains.Frontends.Tests.Http;

/// <summary>What the log says of messages and folders, after sessions that did things with them.</summary>
public sealed class HistoryTests(ImapStack stack)
{
    private static readonly string[] OfTheSecond =
    [
        "MessageAppend INBOX 2", @"FlagsSet INBOX 1:3 \Flagged $work", "MessageCopy Work 1 from INBOX 2", "MessageMove Old 1 from INBOX 2",
        @"MessageTrash Work 1 \Deleted", "MessageExpunge Work 1", "MailboxRename Older from Old", @"MessageRead Older 1 \Seen", "MailboxDelete Older",
    ];

    /// <summary>Three messages, of which the second is flagged with the others, copied, moved; the copy goes, and then the folder with the message.</summary>
    private static readonly string[] Commands =
    [
        "CREATE Work", "CREATE Old", "SELECT INBOX", @"UID STORE 1:3 +FLAGS (\Flagged $work)", "UID COPY 2 Work", "UID COPY 1 Work", "UID MOVE 2 Old",
        @"UID STORE 3 +FLAGS (\Seen)", "SELECT Work", @"UID STORE 1 +FLAGS (\Deleted)", "EXPUNGE", "UNSELECT", "RENAME Old Older", "SELECT Older",
        @"STORE 1 +FLAGS (\Seen)", "UNSELECT", "DELETE Older",
    ];

    [Fact]
    public async Task A_message_is_followed_from_folder_to_folder_and_through_its_copies()
    {
        var events = await HappenedAsync();
        var expected = OfTheSecond.Select(l => l.Replace("1:3", "2", StringComparison.Ordinal));
        Assert.Equal(expected, Lines(events, new HistoryQuestion("INBOX", 2, null)));
        Assert.Equal(expected, Lines(events, new HistoryQuestion("Work", 1, null)));
        Assert.Equal(expected, Lines(events, new HistoryQuestion("Old", 1, null)));
        Assert.Equal(expected, Lines(events, new HistoryQuestion("Older", 1, null)));
        Assert.Equal(expected, Lines(events, new HistoryQuestion(null, null, 2)));
        Assert.Empty(Lines(events, new HistoryQuestion("INBOX", 99, null)));
        Assert.Empty(Lines(events, new HistoryQuestion(null, null, 99)));
    }

    /// <summary>Its place, and what the copies say it is, are known all the same.</summary>
    [Fact]
    public async Task A_message_whose_arrival_is_not_kept_is_followed_from_what_is()
    {
        var events = await HappenedAsync();
        var kept = events.SkipWhile(e => e.Event.Type != "FlagsSet").ToList();
        var expected = OfTheSecond.Skip(1).Select(l => l.Replace("1:3", "2", StringComparison.Ordinal));

        // Which folders there were, the log has to say.
        Assert.Equal(expected, Lines(kept, new HistoryQuestion("INBOX", 2, null)));
        Assert.Equal(expected.Skip(1), Lines(kept, new HistoryQuestion("Work", 1, null)));
    }

    [Theory]
    [InlineData("Old")]
    [InlineData("Older")]
    public async Task A_folder_is_known_by_all_paths_it_had(string path)
    {
        string[] expected =
            ["MailboxCreate Old", "MessageMove Old 1 from INBOX 2", "MailboxRename Older from Old", @"MessageRead Older 1 \Seen", "MailboxDelete Older"];
        Assert.Equal(expected, Lines(await HappenedAsync(), new HistoryQuestion(path, null, null)));
    }

    [Fact]
    public async Task A_line_says_who_and_from_where()
    {
        var events = await HappenedAsync();
        var history = new MailboxHistory(new HistoryPlaces(new HistoryQuestion(null, null, null)));
        var lines = events.Select(history.Line).ToList();
        Assert.Equal(events.Select(e => (e.Event.Sequence, e.Event.At, e.Event.Type)), lines.Select(l => (l!.Sequence, l.At, l.Type)));
        var append = lines.First(l => l!.Type == "MessageAppend")!;
        Assert.EndsWith("@example.org", append.Who, StringComparison.Ordinal);
        Assert.Equal("imap", append.Service);
        Assert.NotNull(append.ClientIp);
    }

    [Theory]
    [InlineData("9", 9L)]
    [InlineData("M9", 9L)]
    [InlineData("M9-sKCRAQAAAHCAAAAAAAAAAQ", 9L)]
    [InlineData("", null)]
    [InlineData("M", null)]
    [InlineData("M-9", null)]
    [InlineData("nine", null)]
    public void An_EMAILID_is_known_by_its_number(string text, long? number) => Assert.Equal(number, HistoryQuestion.EmailOf(text));

    private async Task<IReadOnlyList<EventRecord>> HappenedAsync()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ImapClient.LoginAsync(server, user);
        for (var i = 0; i < 3; i++) await client.AppendAsync($"Subject: {i}\r\n\r\nx\r\n");
        foreach (var command in Commands) Assert.Contains(" OK ", (await client.RunAsync(command))[^1], StringComparison.Ordinal);
        return await stack.Store.ReadMailboxAsync(user.Account, 0, int.MaxValue, CancellationToken.None);
    }

    private static List<string> Lines(IReadOnlyList<EventRecord> events, HistoryQuestion question)
    {
        var places = new HistoryPlaces(question);
        if (places.HasToLearn)
            foreach (var record in events) places.Learn(record);
        var history = new MailboxHistory(places);
        return [.. events.Select(history.Line).OfType<HistoryLine>().Select(Text)];
    }

    private static string Text(HistoryLine line)
    {
        var from = line.OldFolder is null ? null : $"from {line.OldFolder}";
        return string.Join(' ', new[] { line.Type, line.Folder, line.Uids, from, line.OldUids, line.Detail }.Where(t => t is not null));
    }
}
