using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.TestKit.Transcripts;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

public sealed class ImapTranscriptTests(ImapStack stack)
{
    public static TheoryData<string> Names => [.. TranscriptFiles.In("Imap")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task In_memory(string name)
    {
        using var server = stack.NewServer(Options);
        await PlayAsync(server, name, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Dripped_one_byte_at_a_time(string name)
    {
        using var server = stack.NewServer(Options);
        await PlayAsync(server, name, 1);
    }

    private static ImapOptions Options => new() { AllowPlaintextAuth = true, AppendLimit = 100_000, MaxIdlesPerUser = 2 };

    private async Task PlayAsync(TestServer server, string name, int pieceLength)
    {
        var user = await stack.NewUserAsync();
        var given = new Dictionary<string, string> { ["user"] = user.Login, ["password"] = ImapStack.Password };
        var runner = new TranscriptRunner(server.ConnectAsync) { PieceLength = pieceLength, Given = given };
        await runner.RunAsync(TranscriptFiles.Load("Imap", name), TestContext.Current.CancellationToken);
    }
}
