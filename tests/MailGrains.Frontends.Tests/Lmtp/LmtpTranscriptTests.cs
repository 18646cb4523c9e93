using System.Net.Sockets;
using MailGrains.Frontends.Lmtp;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.TestKit.Transcripts;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Frontends.Tests.Lmtp;

public sealed class LmtpTranscriptTests
{
    public static TheoryData<string> Names => [.. TranscriptFiles.In("Lmtp")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task In_memory(string name)
    {
        using var server = new TestServer(Protocol(), LmtpProtocol.ListenerDefaults);
        await new TranscriptRunner(server.ConnectAsync).RunAsync(TranscriptFiles.Load("Lmtp", name), TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Dripped_one_byte_at_a_time(string name)
    {
        using var server = new TestServer(Protocol(), LmtpProtocol.ListenerDefaults);
        var runner = new TranscriptRunner(server.ConnectAsync) { PieceLength = 1 };
        await runner.RunAsync(TranscriptFiles.Load("Lmtp", name), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Over_TCP()
    {
        await using var server = await KestrelServer.StartAsync(Protocol(), LmtpProtocol.ListenerDefaults);
        foreach (var name in TranscriptFiles.In("Lmtp"))
            await new TranscriptRunner(server.ConnectAsync).RunAsync(TranscriptFiles.Load("Lmtp", name), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Over_a_Unix_socket_whose_file_a_killed_process_left_behind()
    {
        var folder = Directory.CreateTempSubdirectory("mailgrains-lmtp");
        var path = Path.Combine(folder.FullName, "lmtp");
        LeaveSocketFile(path);
        Assert.True(File.Exists(path));

        await using var server = await KestrelServer.StartAsync(Protocol(), LmtpProtocol.ListenerDefaults, listen: $"unix:{path}");
        await new TranscriptRunner(server.ConnectAsync).RunAsync(TranscriptFiles.Load("Lmtp", "deliver"), TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
    }

    /// <summary>Disposing a socket removes its file, unless the file is elsewhere at that moment.</summary>
    private static void LeaveSocketFile(string path)
    {
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".aside");
        }

        File.Move(path + ".aside", path);
    }

    internal static LmtpProtocol Protocol(FakeMailboxes? mailboxes = null, LmtpOptions? options = null) => new(
        mailboxes ?? new FakeMailboxes(),
        options ?? new LmtpOptions { HostName = "mx.example.org", MaxMessageSize = 100_000, MaxErrors = 20 },
        TimeProvider.System,
        NullLogger<LmtpProtocol>.Instance);
}
