using System.Globalization;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>mutt on the INBOX of an account, in a terminal, with keys that are pressed for it. It keeps what it receives in a folder.</summary>
internal sealed class MuttProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServerProcess _server;
    private readonly string _user;

    public MuttProgram(ServerProcess server, string user)
    {
        Assert.SkipWhen(Programs.Find("mutt") is null, "mutt is not installed.");
        Assert.SkipWhen(Programs.Find("script") is null, "script, which gives mutt a terminal, is not installed.");
        (_server, _user) = (server, user);
        Directory.CreateDirectory(Cache);
    }

    private string Cache => Folder("cache");

    /// <summary>A mailbox of its own, or a file.</summary>
    public string Folder(string name) => Path.Combine(_folder.Path, name);

    public async Task RunAsync(string keys)
    {
        var config = Folder("muttrc");
        await File.WriteAllTextAsync(config, $"""
            set imap_user="{_user}"
            set imap_pass="{SharedServer.Password}"
            set ssl_starttls=no ssl_force_tls=no
            set confirmappend=no confirmcreate=no wait_key=no quit=yes mark_old=no sort=mailbox-order
            set folder="{_folder.Path}" record="" postponed=""
            set header_cache="" message_cachedir="{Cache}" message_cache_clean=no mbox_type=Maildir timeout=5
            push "{keys}"

            """);
        var mutt = $"mutt -n -F {config} -f imap://127.0.0.1:{_server.Ports.Imap}/INBOX";
        var start = Programs.Describe("script", ["-q", "-e", "-c", mutt, "/dev/null"]);
        (start.Environment["TERM"], start.Environment["HOME"]) = ("xterm", _folder.Path);
        var result = await Programs.RunAsync(start, ReadOnlyMemory<byte>.Empty, TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    /// <summary>The files of the messages it has read, by UID: their names are UIDVALIDITY and UID.</summary>
    public IReadOnlyDictionary<uint, string> Received() => Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories)
        .ToDictionary(file => uint.Parse(Path.GetFileName(file).Split('-')[1], NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>It ends lines with LF where CRLF did, and leaves every other CR but one at the very end.</summary>
    public static byte[] AsReceived(byte[] message) => LineEnds.WithLf(message.AsSpan().EndsWith("\r"u8) ? message[..^1] : message);

    public void Dispose() => _folder.Dispose();
}
