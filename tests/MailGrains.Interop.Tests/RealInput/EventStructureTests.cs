using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>What a subscriber is shown of real messages, beside what IMAP shows of them.</summary>
public sealed class EventStructureTests
{
    private const string User = "ada@example.org";
    private const string Password = "x";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Envelope_and_structure_are_octet_for_octet_what_FETCH_answers()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(
            "--Subscribers:lines:Kind=jsonl", $"--Subscribers:lines:Path={folder.Path}", "--Subscribers:lines:Structure=on", "--Subscribers:lines:Types=MessageAppend");
        await server.Cli.AddAccountAsync(User, Password);
        var count = await AppendCorpusAsync(server);
        Dictionary<long, (byte[] Envelope, byte[] Structure)> shown;
        while ((shown = Shown(folder.Path)).Count < count) (await server.Cli.RunAsync("subscriber", "list")).Succeeded();

        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Ports.Imap, Cancellation);
        var stream = client.GetStream();
        await AnswerAsync(stream, $"a LOGIN {User} {Password}", "a ");
        await AnswerAsync(stream, "b EXAMINE INBOX", "b ");
        for (var uid = 1; uid <= count; uid++)
        {
            var (envelope, structure) = shown[uid];
            var expected = $"* {uid} FETCH (ENVELOPE {Encoding.Latin1.GetString(envelope)} BODYSTRUCTURE {Encoding.Latin1.GetString(structure)})\r\n";
            var answer = await AnswerAsync(stream, $"f{uid} FETCH {uid} (ENVELOPE BODYSTRUCTURE)", $"f{uid} ");
            Assert.Equal(expected, answer);
        }

        Assert.True(shown.Values.Any(s => !System.Text.Unicode.Utf8.IsValid(s.Envelope)), "No message of the corpus has an envelope that is no UTF-8.");
    }

    private static async Task<int> AppendCorpusAsync(ServerProcess server)
    {
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, User, Password, Cancellation);
        var count = 0;
        foreach (var file in Corpus.Files)
        {
            var message = await File.ReadAllBytesAsync(file, Cancellation);
            if (message.Length == 0) continue;
            (await imap.AppendAsync("INBOX", "", message, Cancellation)).Ok();
            count++;
        }

        return count;
    }

    private static Dictionary<long, (byte[] Envelope, byte[] Structure)> Shown(string folder)
    {
        var shown = new Dictionary<long, (byte[], byte[])>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl"))
        {
            using var lines = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(lines);
            foreach (var line in reader.ReadToEnd().Split('\n')[..^1])
            {
                using var parsed = JsonDocument.Parse(line);
                foreach (var message in parsed.RootElement.GetProperty("messages").EnumerateArray())
                    shown[message.GetProperty("uid").GetInt64()] = (Octets(message, "envelope"), Octets(message, "bodyStructure"));
            }
        }

        return shown;
    }

    private static byte[] Octets(JsonElement message, string name) => message.TryGetProperty(name, out var text)
        ? Encoding.UTF8.GetBytes(text.GetString()!)
        : message.GetProperty(name + "Base64").GetBytesFromBase64();

    /// <summary>All octets up to the tagged line.</summary>
    private static async Task<string> AnswerAsync(NetworkStream stream, string command, string tag)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), Cancellation);
        var answer = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, Cancellation);
            Assert.NotEqual(0, read);
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var text = answer.ToString();
            var end = text.LastIndexOf("\r\n" + tag + "OK", StringComparison.Ordinal);
            if (end >= 0 && text.EndsWith("\r\n", StringComparison.Ordinal)) return text[..(end + 2)];
            Assert.DoesNotContain("\r\n" + tag + "NO", text, StringComparison.Ordinal);
        }
    }
}
