using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

public sealed class MuttTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mutt_reads_the_octets_of_a_message_and_flags_it()
    {
        Assert.SkipWhen(Programs.Find("mutt") is null, "mutt is not installed.");
        Assert.SkipWhen(Programs.Find("script") is null, "script, which gives mutt a terminal, is not installed.");
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("mutt");
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        var message = GeneratedMailbox.Messages(3).Last().Bytes;
        (await imap.AppendAsync("INBOX", "", "Subject: first\r\n\r\n1\r\n"u8.ToArray(), Cancellation)).Ok();
        (await imap.AppendAsync("INBOX", "", message, Cancellation)).Ok();

        using var folder = new TemporaryFolder();
        var saved = Path.Combine(folder.Path, "saved");
        await RunAsync(server, user, folder.Path, $"<last-entry><copy-message>{saved}<enter><flag-message><sync-mailbox><exit>");

        // Its mbox: a From line, and Content-Length and the like which it adds to the header.
        var text = Comparable(await File.ReadAllBytesAsync(saved, Cancellation));
        var body = Comparable(message);
        Assert.EndsWith(body[body.IndexOf("\n\n", StringComparison.Ordinal)..].TrimEnd('\n'), text.TrimEnd('\n'));
        Assert.All(Header(body), line => Assert.Contains(line, text));

        (await imap.RunAsync("EXAMINE INBOX", Cancellation)).Ok();
        var flags = (await imap.RunAsync("FETCH 1:2 FLAGS", Cancellation)).Untagged.Select(u => u.Text).ToList();
        Assert.DoesNotContain("\\Flagged", flags[^2]);
        Assert.Contains("\\Flagged", flags[^1]);
    }

    private static async Task RunAsync(ServerProcess server, string user, string folder, string keys)
    {
        var config = Path.Combine(folder, "muttrc");
        await File.WriteAllTextAsync(config, $"""
            set imap_user="{user}"
            set imap_pass="{SharedServer.Password}"
            set ssl_starttls=no ssl_force_tls=no
            set confirmappend=no confirmcreate=no wait_key=no quit=yes mark_old=no sort=mailbox-order
            set folder="{folder}" record="" postponed=""
            set header_cache="" message_cachedir="" mbox_type=mbox timeout=5
            push "{keys}"

            """, Cancellation);
        var mutt = $"mutt -n -F {config} -f imap://127.0.0.1:{server.Ports.Imap}/INBOX";
        var start = Programs.Describe("script", ["-q", "-e", "-c", mutt, "/dev/null"]);
        (start.Environment["TERM"], start.Environment["HOME"]) = ("xterm", folder);
        var result = await Programs.RunAsync(start, ReadOnlyMemory<byte>.Empty, Cancellation);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static IEnumerable<string> Header(string message) =>
        message[..message.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Where(l => !l.StartsWith("Status:", StringComparison.Ordinal));

    private static string Comparable(byte[] message) =>
        System.Text.Encoding.Latin1.GetString(message).Replace("\r\n", "\n", StringComparison.Ordinal);
}
