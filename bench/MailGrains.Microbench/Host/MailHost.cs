using System.Net;
using System.Text;
using MailGrains.Authentication;
using MailGrains.Frontends.Authentication;
using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Lmtp;
using MailGrains.Frontends.Lmtp.Delivering;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Mailboxes;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;
using MailGrains.TestKit.Pipes;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace MailGrains.Microbench.Host;

/// <summary>The product in this process without sockets and logs: one silo, one account, frontends on pipes in memory.</summary>
public sealed class MailHost : IAsyncDisposable
{
    public const string Address = "ada@example.org";
    public const string Password = "correct horse";

    // Cheap hashing: nobody measures logins here.
    private readonly AuthenticationOptions _authentication = new() { Argon2MemoryKiB = 64, Argon2Iterations = 1, ScramIterations = 4096 };
    private readonly ConnectionRegistry _registry = new(new ConnectionLimits(), TimeProvider.System);
    private readonly MailStores _stores;
    private readonly Committer _committer;
    private readonly PasswordHasher _hasher;
    private readonly InProcessTestCluster _cluster;

    private MailHost(MailStores stores)
    {
        _stores = stores;
        _committer = new Committer(_stores.Mailboxes, _stores.Bodies, NullLogger<Committer>.Instance);
        _hasher = new PasswordHasher(_authentication);
        var builder = new InProcessTestClusterBuilder(1);
        var directory = new InMemoryDirectory();
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(_stores.Mailboxes);
            silo.Services.AddSingleton(_stores.Events);
            silo.Services.AddSingleton(_stores.Bodies);
            silo.Services.AddSingleton<ICommitter>(_committer);
            silo.Services.AddMailboxGrains();
            silo.Services.AddSingleton<IDirectoryStore>(directory);
            silo.Services.AddSingleton<IGroupStore>(directory);
            silo.Services.AddSingleton<IDirectoryActStore>(directory);
        });
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        _cluster = builder.Build();
    }

    private IGrainFactory Grains => _cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>();

    public static async Task<MailHost> StartAsync(StoreKind kind)
    {
        var host = new MailHost(await MailStores.OpenAsync(kind));
        await host._cluster.DeployAsync();
        if (!MailAddress.TryParse(Address, out var address)) throw new InvalidOperationException($"{Address} is no address.");
        var verifiers = await host._hasher.CreateAsync(Encoding.ASCII.GetBytes(Password), CancellationToken.None);
        await host.Grains.GetGrain<IAccountGrain>(AccountId.New(TimeProvider.System).Value).CreateAsync(address, verifiers);
        return host;
    }

    /// <summary>An IMAP connection, logged in, INBOX selected.</summary>
    public async Task<LineClient> ConnectImapAsync()
    {
        var verified = new VerifiedPasswords(_authentication, TimeProvider.System);
        var logins = new Authenticator(Grains, _hasher, verified, _authentication, TimeProvider.System, NullLogger<Authenticator>.Instance);
        var options = new ImapOptions { AllowPlaintextAuth = true };
        var client = Connect(new ImapProtocol(
            options, Grains, logins, _stores.Emails, _stores.Reader, TimeProvider.System, NullLogger<ImapProtocol>.Instance));
        await client.ExpectAsync("* OK"u8.ToArray());
        await client.RunAsync(Encoding.ASCII.GetBytes($"a LOGIN {Address} \"{Password}\"\r\n"), "a OK"u8.ToArray());
        await client.RunAsync("b SELECT INBOX\r\n"u8.ToArray(), "b OK"u8.ToArray());
        return client;
    }

    /// <summary>An LMTP connection that has said LHLO.</summary>
    public async Task<LineClient> ConnectLmtpAsync()
    {
        var target = new GrainDeliveryTarget(Grains, TimeProvider.System);
        var client = Connect(new LmtpProtocol(target, new LmtpOptions { HostName = "mx.example.org" }, TimeProvider.System, NullLogger<LmtpProtocol>.Instance));
        await client.ExpectAsync("220"u8.ToArray());
        await client.RunAsync("LHLO relay.example.net\r\n"u8.ToArray(), "250 "u8.ToArray());
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _committer.DisposeAsync();
        await _stores.DisposeAsync();
        _hasher.Dispose();
        _registry.Dispose();
    }

    private LineClient Connect(ILineProtocol protocol)
    {
        var pair = DuplexPipePair.Create();
        var context = new DefaultConnectionContext("microbench")
        {
            Transport = pair.Server,
            RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 4711),
            LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 24),
        };
        var handler = new LineConnectionHandler(
            protocol, new LineListenerOptions { Tls = TlsMode.None }, _registry, certificates: null, NullLogger<LineConnectionHandler>.Instance);
        return new LineClient(pair.Client, Task.Run(() => handler.OnConnectedAsync(context)));
    }
}
