using MailGrains.Authentication;
using MailGrains.Frontends.Authentication;
using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.Frontends.Tests.Imap;
using MailGrains.Grains.Contracts.Cluster;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;
using Xunit;

[assembly: AssemblyFixture(typeof(ImapStack))]

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>Real grains over the in-memory engines, as the product puts them together; every test has an account of its own.</summary>
public sealed class ImapStack : IAsyncLifetime
{
    public const string Password = "correct horse";
    public const int RememberedChanges = 30;

    // Cheap hashing: what is tested is the protocol.
    private readonly AuthenticationOptions _authentication = new() { Argon2MemoryKiB = 64, Argon2Iterations = 1, ScramIterations = 4096 };
    private readonly int _silos;
    private readonly Committer _committer;
    private readonly PasswordHasher _hasher;
    private PasswordVerifiers _verifiers = null!;
    private InProcessTestCluster _cluster = null!;
    private int _users;

    public ImapStack()
        : this(silos: 1)
    {
    }

    internal ImapStack(int silos)
    {
        _silos = silos;
        _committer = new Committer(Store, Bodies, NullLogger<Committer>.Instance);
        _hasher = new PasswordHasher(_authentication);
    }

    public InMemoryMailboxStore Store { get; } = new();

    public InMemoryBodyStore Bodies { get; } = new();

    /// <summary>What may get lost on its way back from a mailbox.</summary>
    internal LostReplies Replies { get; } = new();

    /// <summary>The silo's own factory: calls are local, as in the product.</summary>
    public IGrainFactory Grains => GrainsOf(0);

    /// <summary>Sessions of one user, over all silos.</summary>
    internal int MaxSessions { get; init; } = 100;

    /// <summary>What of reading is told to the log.</summary>
    internal AccessAudit Audit { get; init; }

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder((short)_silos);
        var directory = new InMemoryDirectory();
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IMailboxStore>(Store);
            silo.Services.AddSingleton<IEventLog>(Store);
            silo.Services.AddSingleton<IBodyStore>(Bodies);
            silo.Services.AddSingleton<ICommitter>(_committer);
            silo.Services.AddMailboxGrains();
            silo.Services.Configure<MailboxLimits>(limits =>
            {
                limits.RememberedChanges = RememberedChanges;
                limits.MaxSessions = MaxSessions;
            });
            silo.Services.Configure<MailboxAudit>(audit => audit.MessageAccess = Audit);
            silo.AddIncomingGrainCallFilter(Replies);
            silo.Services.AddSingleton<IDirectoryStore>(directory);
            silo.Services.AddSingleton<IGroupStore>(directory);
            silo.Services.AddSingleton<IDirectoryActStore>(directory);
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Error));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        PasswordText.TryPrepare(Password, 1024, out var octets);
        _verifiers = await _hasher.CreateAsync(octets!, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _committer.DisposeAsync();
        _hasher.Dispose();
    }

    internal IGrainFactory GrainsOf(int silo) => _cluster.GetSiloServiceProvider(Address(silo)).GetRequiredService<IGrainFactory>();

    internal SiloAddress Address(int silo) => _cluster.Silos[silo].SiloAddress;

    internal INodeGrain Node(int silo) => GrainsOf(silo).GetGrain<INodeGrain>(Address(silo).ToParsableString());

    internal Task KillAsync(int silo) => _cluster.KillSiloAsync(_cluster.Silos[silo]);

    /// <summary>A new account with an empty mailbox.</summary>
    public async Task<TestUser> NewUserAsync()
    {
        Assert.True(MailAddress.TryParse($"user{Interlocked.Increment(ref _users)}@example.org", out var address));
        var account = AccountId.New(TimeProvider.System);
        await Grains.GetGrain<IAccountGrain>(account.Value).CreateAsync(address, _verifiers);
        return new TestUser(account, address.Key, Grains.GetGrain<IMailboxGrain>(account.Value));
    }

    /// <summary>A protocol of its own, with caches and limits of its own.</summary>
    public ImapProtocol NewProtocol(ImapOptions? options = null, IBodyReader? bodies = null, TimeProvider? time = null, int silo = 0)
    {
        time ??= TimeProvider.System;
        var grains = GrainsOf(silo);
        var logins = new Authenticator(grains, _hasher, new VerifiedPasswords(_authentication, time), _authentication, time, NullLogger<Authenticator>.Instance);
        options ??= new ImapOptions { AllowPlaintextAuth = true };
        return new ImapProtocol(options, grains, logins, Store, bodies ?? Bodies, time, NullLogger<ImapProtocol>.Instance);
    }

    public TestServer NewServer(ImapOptions? options = null, IBodyReader? bodies = null, int silo = 0) =>
        new(NewProtocol(options, bodies, silo: silo), new LineListenerOptions { Tls = TlsMode.None });
}
