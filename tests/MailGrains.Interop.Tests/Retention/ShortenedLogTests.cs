using System.Text;
using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Retention;

/// <summary>A server that removes the oldest events: who comes late, and what an auditor still sees.</summary>
public sealed class ShortenedLogTests
{
    private const string Password = "correct horse";

    /// <summary>More than two tiles of the tree.</summary>
    private const int Messages = 600;

    /// <summary>Long after that nothing would be removed any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] Removing =
        ["--EventLog:KeepFor=00:00:01", "--EventLog:RemoveEvery=00:00:00.5", "--Evidence:CheckpointEvery=00:00:01"];

    private string _user = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_late_gets_a_picture_and_the_rest_and_an_auditor_finds_nothing_wrong()
    {
        using var data = new TemporaryFolder();
        using var kept = new TemporaryFolder();
        using var lines = new TemporaryFolder();
        string key, before;

        // 1. A log that is kept, and what an auditor has of it.
        await using (var server = await ServerProcess.StartOnAsync(data.Path))
        {
            _user = await UserApart.AddAsync(user => server.Cli.AddAccountAsync(user, Password), command => ListAsync(server, command));
            await DeliverAsync(server, 1, Messages);
            using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, _user, Password, Cancellation))
            {
                (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
                (await imap.RunAsync(@"STORE 1:10 +FLAGS.SILENT (\Deleted)", Cancellation)).Ok();
                (await imap.RunAsync(@"STORE 11 +FLAGS.SILENT (\Flagged)", Cancellation)).Ok();
                (await imap.RunAsync("EXPUNGE", Cancellation)).Ok();
            }

            key = (await ListAsync(server, "evidence", "key"))[0].GetProperty("key").GetString()!;
            (await server.Cli.RunAsync("evidence", "checkpoints", "--out", kept.Path)).Succeeded();
            before = (await ListAsync(server, "evidence", "export", "before"))[0].GetProperty("folder").GetString()!;
            Assert.Equal(0, await server.StopAsync());
        }

        // 2. Events go.
        await TrustedClock.SetAsync(data.Path, Cancellation);
        int partition;
        long first;
        await using (var server = await ServerProcess.StartOnAsync(data.Path, Removing))
        {
            (partition, first) = await ShortenedAsync(server);
            (await server.Cli.RunAsync("verify")).Succeeded();
            Assert.Equal(0, await server.StopAsync());
        }

        // 3. Two come late: one takes a picture, the other would show a part for the whole.
        string[] late = ["--Subscribers:late:Kind=jsonl", $"--Subscribers:late:Path={lines.Path}"];
        string[] partial =
            ["--Subscribers:partial:Kind=webhook", "--Subscribers:partial:Url=http://127.0.0.1:9/", "--Subscribers:partial:Start=2020-01-01T00:00:00Z"];
        await using (var server = await ServerProcess.StartOnAsync(data.Path, [.. Removing, .. late, .. partial]))
        {
            await CaughtUpAsync(server);
            await DeliverAsync(server, Messages + 1, 5);
            await CaughtUpAsync(server);
            var reason = $"partial stands still in partition {partition}: the log begins with position {first}";
            await WaitAsync(() => Task.FromResult(server.Log.Lines.Any(l => l.Contains(reason, StringComparison.Ordinal))), server);
            await WaitAsync(() => HasNotStartedAsync(server, "partial"), server);
            Assert.Equal(1, (await server.Cli.RunAsync("subscriber", "forget", "late")).ExitCode);

            var after = (await ListAsync(server, "evidence", "export", "after"))[0].GetProperty("folder").GetString()!;
            var head = Directory.GetFiles(kept.Path, "head-*.txt").OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal).Last();
            var verified = await VerifyAsync([after, "--key", key, "--checkpoint", head]);
            Assert.Contains($"partition {partition} begins with position {first}: what was before was removed", verified.Succeeded().Output);
            (await VerifyAsync([before, "--key", key])).Succeeded();
            Assert.Equal(0, await server.StopAsync());
        }

        AssertPicture(lines.Path, partition);

        // 4. One that is not wanted any more keeps nothing back.
        await using (var server = await ServerProcess.StartOnAsync(data.Path, Removing))
        {
            Assert.NotEqual(0, (await ListAsync(server, "subscriber", "list")).GetArrayLength());
            (await server.Cli.RunAsync("subscriber", "forget", "late")).Succeeded();
            Assert.Equal(0, (await ListAsync(server, "subscriber", "list")).GetArrayLength());
            Assert.Equal(1, (await server.Cli.RunAsync("subscriber", "forget", "late")).ExitCode);
            (await server.Cli.RunAsync("verify")).Succeeded();
        }
    }

    /// <summary>The picture has what was there when it was taken, and the lines have what came since.</summary>
    private static void AssertPicture(string folder, int partition)
    {
        var folders = ReadLines(Path.Combine(folder, $"{partition}.snapshot.jsonl"))
            .Where(p => p.GetProperty("snapshot").GetProperty("type").ValueEquals("vnd.mailgrains.FolderSnapshot")).ToList();
        var (account, sequence) = Assert.Single(folders.Select(p => (AccountOf(p.GetProperty("snapshot")), p.GetProperty("sequence").GetInt64())).Distinct());
        var messages = folders.SelectMany(p => p.GetProperty("snapshot").GetProperty("messages").EnumerateArray()).ToList();
        Assert.Equal(Enumerable.Range(11, Messages - 10), messages.Select(m => m.GetProperty("uid").GetInt32()));
        Assert.Equal(@"\Flagged", Assert.Single(messages[0].GetProperty("flagsAfter").EnumerateArray()).GetString());
        Assert.All(messages, m => Assert.Equal(64, m.GetProperty("blobId").GetString()!.Length));

        var events = ReadLines(Path.Combine(folder, $"{partition}.jsonl"))
            .Where(l => AccountOf(l.GetProperty("event")) == account && l.GetProperty("sequence").GetInt64() > sequence).ToList();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => sequence + n), events.Select(l => l.GetProperty("sequence").GetInt64()));
        Assert.Equal(
            Enumerable.Range(Messages + 1, 5),
            events.Where(l => l.GetProperty("event").GetProperty("type").ValueEquals("MessageNew"))
                .Select(l => l.GetProperty("event").GetProperty("messages")[0].GetProperty("uid").GetInt32()));
    }

    /// <summary>In no partition, also where nothing is removed, and each says why.</summary>
    private static async Task<bool> HasNotStartedAsync(ServerProcess server, string name)
    {
        var places = (await ListAsync(server, "subscriber", "list")).EnumerateArray().Where(s => s.GetProperty("name").ValueEquals(name)).ToList();
        Assert.NotEmpty(places);
        Assert.All(places, place => Assert.False(place.GetProperty("started").GetBoolean()));
        return places.TrueForAll(s => s.GetProperty("trouble").GetString()?.Contains("give Start=kept", StringComparison.Ordinal) == true);
    }

    private static Guid AccountOf(JsonElement said) => said.GetProperty("account").GetProperty("id").GetGuid();

    private static List<JsonElement> ReadLines(string file) => [.. File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)];

    private async Task DeliverAsync(ServerProcess server, int first, int count)
    {
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        for (var n = first; n < first + count; n++)
        {
            var message = Encoding.ASCII.GetBytes($"Message-ID: <{n}@example.net>\r\nSubject: number {n}\r\n\r\nhello\r\n");
            Assert.StartsWith("250 ", Assert.Single(await lmtp.DeliverAsync("bob@example.net", [_user], message, Cancellation)));
        }
    }

    /// <summary>Waits until two tiles are removed; where that is, and the first position that is kept.</summary>
    private static async Task<(int Partition, long First)> ShortenedAsync(ServerProcess server)
    {
        (int, long)? found = null;
        await WaitAsync(
            async () =>
            {
                var shortened = (await ListAsync(server, "events", "stats")).EnumerateArray()
                    .FirstOrDefault(p => p.GetProperty("first").ValueKind == JsonValueKind.Number && p.GetProperty("first").GetInt64() > 512);
                if (shortened.ValueKind == JsonValueKind.Object)
                    found = (shortened.GetProperty("partition").GetInt32(), shortened.GetProperty("first").GetInt64());
                return found is not null;
            },
            server);
        return found!.Value;
    }

    private static Task CaughtUpAsync(ServerProcess server) => WaitAsync(
        async () =>
        {
            var partitions = (await ListAsync(server, "events", "stats")).GetArrayLength();
            var places = (await ListAsync(server, "subscriber", "list")).EnumerateArray().Where(s => s.GetProperty("name").ValueEquals("late")).ToList();
            return places.Count == partitions && places.TrueForAll(s => s.GetProperty("position").GetInt64() == s.GetProperty("head").GetInt64());
        },
        server);

    private static async Task WaitAsync(Func<Task<bool>> condition, ServerProcess server)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Cancellation.ThrowIfCancellationRequested();
            Assert.False(limit.IsCancellationRequested, $"Not so after {Patience}.\n{server.Log}");
            await Task.Yield();
        }
    }

    private static async Task<JsonElement> ListAsync(ServerProcess server, params string[] command) =>
        JsonDocument.Parse((await server.Cli.RunAsync([.. command, "--json"])).Succeeded().Output).RootElement;

    private static Task<ProgramResult> VerifyAsync(string[] arguments) =>
        Programs.RunAsync(Programs.Describe("dotnet", [Built.Verify, .. arguments]), ReadOnlyMemory<byte>.Empty, Cancellation);
}
