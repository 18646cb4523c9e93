using MailGrains.Evidence.Export;
using MailGrains.Evidence.Retention;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Signing;
using MailGrains.Evidence.Tests.Verification;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Records;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Evidence.Tests.Retention;

/// <summary>A log of one partition, in which three mailboxes have an event each minute in turn; its signer, and what removes old events.</summary>
internal sealed class RetentionStage : IExportBodies, IDisposable
{
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(30);

    private const int Mailboxes = 3;

    private readonly List<(MailboxClaim Claim, EventRecord? Last)> _mailboxes = [];
    private (MailboxClaim Claim, EventRecord? Last)? _directory;
    private int _events;

    public RetentionStage()
    {
        Retention = new InMemoryEventRetention(Store, Subscribers);
        Fixture = new SignerFixture(Checkpoints);
        Signer = Fixture.Start(Store, Retention);
    }

    public InMemoryMailboxStore Store { get; } = new(partitions: 1);

    public InMemorySubscriberStore Subscribers { get; } = new();

    public InMemoryCheckpointStore Checkpoints { get; } = new();

    public InMemoryEventRetention Retention { get; }

    public SignerFixture Fixture { get; }

    public LogSigner Signer { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => Fixture.Time.GetUtcNow();

    /// <summary>The clock is trusted from the start, as after a restart.</summary>
    public async Task TrustClockAsync() => await Retention.WriteClockAsync(new ClockState(Now, TimeSpan.Zero), Cancellation);

    public async Task WriteAsync(int events, string type = "Login", DateTimeOffset? at = null)
    {
        while (_mailboxes.Count < Mailboxes)
            _mailboxes.Add((await Store.ClaimAsync(new AccountId(new Guid($"0191a0b0-0000-7000-8000-00000000000{_mailboxes.Count}")), Cancellation), null));
        for (var i = 0; i < events; i++)
        {
            var mailbox = _events % Mailboxes;
            _mailboxes[mailbox] = await WriteAsync(_mailboxes[mailbox], type, at ?? Now);
        }
    }

    /// <summary>An event of the directory's log.</summary>
    public async Task WriteDirectoryAsync(string type) =>
        _directory = await WriteAsync(_directory ?? (await Store.ClaimAsync(DirectoryLog.Id, Cancellation), (EventRecord?)null), type, Now);

    private async Task<(MailboxClaim Claim, EventRecord? Last)> WriteAsync((MailboxClaim Claim, EventRecord? Last) mailbox, string type, DateTimeOffset at)
    {
        var (claim, last) = mailbox;
        var made = TestLog.Make(0, ++_events, claim.Account, last, at, type, "");
        var commit = new MailboxCommit { Account = claim.Account, Epoch = claim.Epoch, Head = claim.Head, Events = [made.Event] };
        Assert.Equal([CommitOutcome.Committed], await Store.CommitAsync([commit], Cancellation));
        Fixture.Time.Advance(TimeSpan.FromMinutes(1));
        return (claim, made);
    }

    /// <summary>Lets so much time pass, and signs.</summary>
    public async Task<SignedHead> PassAsync(TimeSpan time)
    {
        Fixture.Time.Advance(time);
        await TrustClockAsync();
        return await Signer.SignAsync(Cancellation);
    }

    public Task<long> RunAsync(ILogger<LogRetention>? logger = null, params string[] subscribers) => new LogRetention(
        Signer,
        Store,
        Retention,
        Subscribers,
        new RetentionClock(Retention, Fixture.Time),
        new LogRetentionOptions(KeepFor, subscribers),
        logger ?? NullLogger<LogRetention>.Instance).RunAsync(Cancellation);

    public async Task<long> FirstAsync() => (await Store.FirstKeptAsync(0, Cancellation))!.Value;

    /// <summary>The process starts again.</summary>
    public void Restart()
    {
        Signer.Dispose();
        Signer = Fixture.Start(Store, Retention);
    }

    /// <param name="name">The name of its folder.</param>
    /// <param name="log">What is read; null: the log.</param>
    public async Task<string> ExportAsync(string name, IEventLog? log = null)
    {
        var path = Path.Combine(Fixture.Exports, name);
        var options = new ExportOptions(TestLog.Name, TestKeys.Golden.Verifier) { ReadStarts = Signer.ReadStartsAsync };
        await new EvidenceExport(log ?? Store, Signer, this, options).WriteAsync(path, Cancellation);
        return path;
    }

    public ValueTask<string?> CopyAsync(BlobId blob, Stream destination, CancellationToken cancellation) => new("collected");

    public void Dispose()
    {
        Signer.Dispose();
        Fixture.Dispose();
    }
}
