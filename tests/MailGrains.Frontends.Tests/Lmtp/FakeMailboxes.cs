using System.Collections.Concurrent;
using System.Text;
using MailGrains.Frontends.Lmtp.Delivering;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Frontends.Tests.Lmtp;

/// <summary>
/// Mailboxes in memory. Everybody at example.org who is named here exists; some of them fail in the way their name says.
/// </summary>
public sealed class FakeMailboxes : IDeliveryTarget
{
    private static readonly string[] s_people =
        ["alice", "bob", "carol", "jürgen", "postmaster", "full", "toobig", "switchedoff", "closing", "away", "unconfirmed", "slow", "broken"];

    private static readonly Dictionary<string, string[]> s_groups = new(StringComparer.Ordinal)
    {
        ["friends"] = ["alice", "bob", "carol"],
        ["mostly"] = ["alice", "toobig"],
        ["partly"] = ["alice", "away", "toobig"],
        ["nowhere"] = ["toobig", "closing"],
    };

    private readonly Dictionary<string, AccountId> _accounts = s_people.ToDictionary(
        name => Address(name).Key, _ => new AccountId(Guid.NewGuid()), StringComparer.Ordinal);

    private readonly ConcurrentDictionary<BlobId, DeliveryResult> _done = new();
    private readonly ConcurrentQueue<Delivered> _delivered = new();
    private readonly ConcurrentQueue<(string, AccountEvent)> _recorded = new();

    public FakeMailboxes() => _accounts.Add(Address("alias").Key, _accounts[Address("alice").Key]);

    /// <summary>What was stored, in order.</summary>
    public IReadOnlyList<Delivered> Stored => [.. _delivered];

    /// <summary>What was told to logs, and whose.</summary>
    public IReadOnlyList<(string Name, AccountEvent Event)> Recorded => [.. _recorded];

    /// <summary>When set, nothing can be told.</summary>
    public bool IsLogAway { get; set; }

    /// <summary>When set, every delivery waits for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public ValueTask<RecipientLookup> ResolveAsync(MailAddress address)
    {
        if (address.LocalPart == "nolookup")
            throw new TimeoutException("The directory does not answer.");
        if (s_groups.TryGetValue(address.LocalPart, out var members))
            return new ValueTask<RecipientLookup>(new RecipientLookup(RecipientStatus.Found, [.. members.Select(m => _accounts[Address(m).Key])]));
        if (!_accounts.TryGetValue(address.Key, out var account))
            return new ValueTask<RecipientLookup>(RecipientLookup.Refused(address.LocalPart == "nobodyinit" ? RecipientStatus.EmptyGroup : RecipientStatus.Unknown));
        return new ValueTask<RecipientLookup>(
            address.LocalPart == "switchedoff" ? new RecipientLookup(RecipientStatus.Disabled, [account]) : RecipientLookup.Of(account));
    }

    public async Task<DeliveryResult> DeliverAsync(AccountId account, Delivery delivery)
    {
        await Gate;
        switch (_accounts.First(pair => pair.Value == account).Key.Split('@')[0])
        {
            case "full": throw new MailboxException(MailboxError.OverQuota, "full");
            case "toobig": throw new MailboxException(MailboxError.TooBig, "too big");
            case "closing": throw new MailboxException(MailboxError.Disabled, "disabled");
            case "away": throw new MailboxException(MailboxError.Unavailable, "later");
            case "unconfirmed": throw new MailboxException(MailboxError.Unconfirmed, "later");
            case "slow": throw new TimeoutException("No answer from the silo.");
            case "broken": throw new InvalidOperationException("secret internals");
        }

        if (_done.TryGetValue(delivery.Operation, out var first))
            return first with { Duplicate = true };
        var result = new DeliveryResult("INBOX", 1, (uint)_delivered.Count + 1, new EmailId(1), 42, BlobId.Of([42]), Duplicate: false);
        _done[delivery.Operation] = result;
        _delivered.Enqueue(new Delivered(
            delivery.Recipient, delivery.Detail, Encoding.Latin1.GetString(delivery.Prefix.Span), Encoding.Latin1.GetString(delivery.Content.Bytes.Span), delivery));
        return result;
    }

    public Task RecordAsync(AccountId account, AccountEvent happened)
    {
        _recorded.Enqueue((_accounts.First(pair => pair.Value == account).Key.Split('@')[0], happened));
        return IsLogAway ? throw new MailboxException(MailboxError.Unavailable, "later") : Task.CompletedTask;
    }

    private static MailAddress Address(string name) =>
        MailAddress.TryParse($"{name}@example.org", out var address) ? address : throw new ArgumentException(name);

    public sealed record Delivered(string Recipient, string? Detail, string Prefix, string Body, Delivery Delivery);
}
