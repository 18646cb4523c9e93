using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>A server for hostile clients alone, which the tests of a class share.</summary>
public sealed class AttackedServer : IAsyncLifetime
{
    public const string Password = "correct horse";

    /// <summary>Whose password the attackers know.</summary>
    public const string Victim = "victim@example.org";

    /// <summary>Who gets mail.</summary>
    public const string Addressee = "addressee@example.org";

    /// <summary>Who goes on working meanwhile.</summary>
    public const string Bystander = "bystander@example.org";

    /// <summary>In the victim's INBOX.</summary>
    public const int Messages = 10;

    /// <summary>Of any mailbox.</summary>
    public const int QuotaMessages = 2000;

    /// <summary>PROXY headers of peers with this beginning are believed.</summary>
    public const string TrustedPeers = "127.0.2";

    /// <summary>
    /// All its objects may take: what a server at rest has with its caches, a hundred MiB, and what attackers may make it hold. Where more is held
    /// there is no memory to be had, and sessions break; garbage does not count, as it is collected before that.
    /// </summary>
    private const long HeapLimit = 384 << 20;

    private readonly TestKit.TemporaryFolder _folder = new();
    private ServerProcess? _server;
    private int _places;

    internal ServerProcess Process => _server ?? throw new InvalidOperationException("The server is not started.");

    public async ValueTask InitializeAsync()
    {
        var ports = ServerPorts.Take();
        var arguments = ServerProcess.Arguments(_folder.Path, ports, Path.Combine(_folder.Path, "lmtp.socket"));
        var command = Programs.Describe(
            "dotnet", [Built.Silo, .. arguments, $"--Proxy:TrustedNetworks={TrustedPeers}.0/24", $"--Limits:QuotaMessages={QuotaMessages}"]);
        command.Environment["DOTNET_GCHeapHardLimit"] = $"{HeapLimit:x}";
        _server = await ServerProcess.StartAsAsync(_folder.Path, ports, command);
        foreach (var account in new[] { Victim, Addressee, Bystander }) await _server.Cli.AddAccountAsync(account, Password);
        using var imap = await LoggedInAsync(Victim);
        for (var i = 0; i < Messages; i++)
            (await imap.AppendAsync("INBOX", "", "Subject: x\r\n\r\nbody\r\n"u8.ToArray(), TestContext.Current.CancellationToken)).Ok();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    internal Task<RawImap> LoggedInAsync(string user) =>
        RawImap.LoggedInAsync(Process.Ports.Imap, user, Password, TestContext.Current.CancellationToken);

    /// <summary>An address nobody has come from before, so that none pays for what another did.</summary>
    internal string NewPlace(bool isTrustedProxy = false)
    {
        var number = Interlocked.Increment(ref _places);
        return isTrustedProxy ? $"{TrustedPeers}.{(number % 250) + 1}" : $"127.1.{number / 250}.{(number % 250) + 1}";
    }

    /// <summary>What there is to see of a mailbox.</summary>
    internal async Task<MailboxContents> ContentsAsync(string user)
    {
        using var imap = await LoggedInAsync(user);
        async Task<IEnumerable<string>> LinesAsync(string command) =>
            (await imap.RunAsync(command, TestContext.Current.CancellationToken)).Ok().Untagged.Select(l => l.Text);
        return new MailboxContents(
            [.. await LinesAsync("LIST \"\" * RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT UNSEEN DELETED))"), .. await LinesAsync("LSUB \"\" *")],
            [.. await LinesAsync("EXAMINE INBOX")]);
    }
}
