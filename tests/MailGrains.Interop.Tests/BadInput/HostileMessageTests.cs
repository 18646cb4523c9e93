using MailGrains.Interop.Tests.RealInput;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>
/// Messages made to hurt, uploaded and delivered, and read in every way a client has, by several at once: what went in comes out, octet by octet, the
/// server can do it in the memory it has and in little time, and somebody else is served meanwhile. Its memory is that of <see cref="AttackedServer"/>:
/// how much the process grew says nothing here, where each copy of a large message is garbage that nobody is in a hurry to collect.
/// </summary>
public sealed class HostileMessageTests(AttackedServer server) : IClassFixture<AttackedServer>
{
    private const int Clients = 4;

    public static TheoryData<string> Names => [.. HostileMessages.All.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_kept_as_it_is_and_harms_nobody(string name)
    {
        var message = HostileMessages.Octets(name);
        var folder = name.Split(' ')[0] + message.Length;
        using (var imap = await server.LoggedInAsync(AttackedServer.Victim)) (await imap.RunAsync($"CREATE {folder}", Cancellation)).Ok();
        // What is done for the first time has to be compiled.
        await UploadAndReadAsync(folder, message);
        using var bystander = await Bystander.LoggedInAsync(server.Process.Ports.Imap, AttackedServer.Bystander, AttackedServer.Password, Cancellation);
        var burden = await Burden.BeginAsync(server.Process);
        var times = await bystander.DuringAsync(() => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => UploadAndReadAsync(folder, message))), Cancellation);
        burden.AssertQuick(Clients);
        times.AssertPrompt();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_delivered_as_it_is(string name)
    {
        var message = HostileMessages.Octets(name);
        using var lmtp = await RawLmtp.ConnectAsync(server.Process.Ports.Lmtp, Cancellation);
        var reply = Assert.Single(await lmtp.DeliverChunkAsync("x@example.net", [AttackedServer.Addressee], message, Cancellation));
        Assert.StartsWith("250 2.1.5 ", reply);
        using var imap = await server.LoggedInAsync(AttackedServer.Addressee);
        (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
        var stored = (await imap.RunAsync("FETCH * BODY.PEEK[]", Cancellation)).Ok().Untagged.Single(l => l.Literals.Count > 0).Literals[0];
        Octets.AssertSame(message, TraceHeaders.WithoutTrace(stored).Span, name);
    }

    private async Task UploadAndReadAsync(string folder, byte[] message)
    {
        using var imap = await server.LoggedInAsync(AttackedServer.Victim);
        var uid = (await imap.AppendAsync(folder, "", message, Cancellation)).Ok().Code("APPENDUID")[1];
        (await imap.RunAsync($"EXAMINE {folder}", Cancellation)).Ok();
        var whole = (await imap.RunAsync($"UID FETCH {uid} BODY.PEEK[]", Cancellation)).Ok();
        Octets.AssertSame(message, whole.Untagged.Single(l => l.Literals.Count > 0).Literals[0], "the message");
        foreach (var items in new[] { "ENVELOPE", "BODYSTRUCTURE", "RFC822.SIZE", "BODY.PEEK[HEADER.FIELDS (SUBJECT REFERENCES)]", "BODY.PEEK[1.1.1.MIME]", "BINARY.SIZE[1]" })
            Assert.Contains((await imap.RunAsync($"UID FETCH {uid} ({items})", Cancellation)).Ok().Untagged, l => l.Text.Contains($"UID {uid} ", StringComparison.Ordinal));
        foreach (var key in new[] { "TEXT \"not there\"", "SUBJECT zz", "HEADER REFERENCES zz", "TO zz", "SENTON 1-Jan-2024" })
            Assert.Equal("* SEARCH", (await imap.RunAsync($"UID SEARCH UID {uid} {key}", Cancellation)).Ok().Untagged.Single(l => l.Text.StartsWith("* SEARCH", StringComparison.Ordinal)).Text);
    }
}
