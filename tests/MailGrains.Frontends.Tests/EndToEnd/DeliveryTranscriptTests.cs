using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Lmtp;
using MailGrains.Frontends.Lmtp.Delivering;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.Frontends.Tests.Imap;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model.Accounts;
using MailGrains.TestKit.Transcripts;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Frontends.Tests.EndToEnd;

/// <summary>From LMTP through the real grains to IMAP: connections named lmtp… and imap… in the transcripts.</summary>
public sealed class DeliveryTranscriptTests(ImapStack stack)
{
    public static TheoryData<string> Names => [.. TranscriptFiles.In("EndToEnd")];

    [Theory]
    [MemberData(nameof(Names))]
    public Task In_memory(string name) => PlayAsync(name, int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Dripped_one_byte_at_a_time(string name) => PlayAsync(name, 1);

    private async Task PlayAsync(string name, int pieceLength)
    {
        var user = await stack.NewUserAsync();
        var other = await stack.NewUserAsync();
        var disabled = await stack.NewUserAsync();
        await stack.Grains.GetGrain<IAccountGrain>(disabled.Account.Value).SetDisabledAsync(true);
        var alias = Address("alias." + user.Login);
        await stack.Grains.GetGrain<IAccountGrain>(user.Account.Value).AddAddressAsync(alias);
        var group = Address("group." + user.Login);
        await CreateGroupAsync(group, user, other, disabled);

        using var imap = stack.NewServer(new ImapOptions { AllowPlaintextAuth = true });
        using var lmtp = new TestServer(
            server => new LmtpProtocol(
                new GrainDeliveryTarget(stack.Grains, TimeProvider.System),
                new LmtpOptions { HostName = "mx.example.org" },
                server.Time,
                NullLogger<LmtpProtocol>.Instance),
            LmtpProtocol.ListenerDefaults);
        var runner = new TranscriptRunner((connection, _) =>
            Task.FromResult(connection.StartsWith("lmtp", StringComparison.Ordinal) ? lmtp.Connect() : imap.Connect()))
        {
            PieceLength = pieceLength,
            Given = new Dictionary<string, string>
            {
                ["user"] = user.Login,
                ["name"] = user.Login.Split('@')[0],
                ["other"] = other.Login,
                ["disabled"] = disabled.Login,
                ["password"] = ImapStack.Password,
                ["alias"] = alias.Key,
                ["group"] = group.Key,
            },
        };
        await runner.RunAsync(TranscriptFiles.Load("EndToEnd", name), TestContext.Current.CancellationToken);
    }

    private static MailAddress Address(string text) => MailAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    private async Task CreateGroupAsync(MailAddress address, params TestUser[] members)
    {
        var directory = stack.Grains.GetGrain<IDirectoryGrain>(0);
        await directory.CreateGroupAsync(address.LocalPart, address);
        foreach (var member in members) await directory.AddMemberAsync(address.LocalPart, member.Account);
    }
}
