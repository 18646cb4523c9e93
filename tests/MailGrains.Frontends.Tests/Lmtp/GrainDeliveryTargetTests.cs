using System.Reflection;
using MailGrains.Frontends.Lmtp.Delivering;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using Microsoft.Extensions.Time.Testing;
using Orleans;
using Orleans.Runtime;
using Xunit;

namespace MailGrains.Frontends.Tests.Lmtp;

public sealed class GrainDeliveryTargetTests
{
    private static readonly AccountId s_bob = new(Guid.NewGuid());

    private readonly Dictionary<string, Func<object?[], object?>> _answers = new(StringComparer.Ordinal);
    private readonly FakeTimeProvider _time = new();
    private readonly GrainDeliveryTarget _target;

    public GrainDeliveryTargetTests() => _target = new GrainDeliveryTarget(Stub<IGrainFactory>(Grain), _time);

    [Fact]
    public async Task Finds_the_account_behind_an_address()
    {
        Assert.True(MailAddress.TryParse("Bob+x@Example.org", out var address));
        async Task<RecipientLookup> ResolveAsync(AddressTarget? target)
        {
            _answers["ResolveAsync"] = _ => Task.FromResult(target);
            return await _target.ResolveAsync(address);
        }

        Assert.Equal(RecipientStatus.Unknown, (await ResolveAsync(null)).Status);
        Assert.Equal(RecipientStatus.Disabled, (await ResolveAsync(new AddressTarget { Account = s_bob, Disabled = true })).Status);
        var found = await ResolveAsync(new AddressTarget { Account = s_bob });
        Assert.Equal((RecipientStatus.Found, s_bob), (found.Status, Assert.Single(found.Accounts)));

        Assert.Equal(RecipientStatus.EmptyGroup, (await ResolveAsync(new AddressTarget())).Status);
        AccountId[] many = [.. Enumerable.Repeat(s_bob, AddressTarget.MaxMembers + 1)];
        Assert.Equal(RecipientStatus.LargeGroup, (await ResolveAsync(new AddressTarget { Members = [.. many] })).Status);
        Assert.Equal(many[1..], (await ResolveAsync(new AddressTarget { Members = [.. many[1..]] })).Accounts.AsEnumerable());
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("gone")]
    [InlineData("rejected")]
    public async Task Calls_again_what_was_certainly_not_carried_out(string what)
    {
        var failure = Failure(what);
        var calls = 0;
        var result = new DeliveryResult("INBOX", 1, 1, new EmailId(1), 1, BlobId.Of([1]), Duplicate: false);
        _answers["DeliverAsync"] = _ => ++calls < 3 ? Task.FromException<DeliveryResult>(failure) : Task.FromResult(result);

        var delivering = _target.DeliverAsync(s_bob, Delivery());
        await AdvanceUntilAsync(delivering);

        Assert.Same(result, await delivering);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task Gives_up_when_a_failover_would_long_be_over()
    {
        var started = _time.GetTimestamp();
        var calls = 0;
        _answers["DeliverAsync"] = _ =>
        {
            calls++;
            return Task.FromException<DeliveryResult>(new SiloUnavailableException("gone"));
        };

        var delivering = _target.DeliverAsync(s_bob, Delivery());
        await AdvanceUntilAsync(delivering);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => delivering);
        Assert.InRange(_time.GetElapsedTime(started), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(30));
        Assert.True(calls > 3);
    }

    [Theory]
    [InlineData("timeout")]
    [InlineData("full")]
    public async Task Leaves_the_rest_to_the_relay(string what)
    {
        var failure = Failure(what);
        var calls = 0;
        _answers["DeliverAsync"] = _ =>
        {
            calls++;
            return Task.FromException<DeliveryResult>(failure);
        };

        Assert.Same(failure, await Assert.ThrowsAnyAsync<Exception>(() => _target.DeliverAsync(s_bob, Delivery())));
        Assert.Equal(1, calls);
    }

    private static Delivery Delivery() => new()
    {
        Operation = BlobId.Of("x"u8),
        Content = new MessageContent { Blob = BlobId.Of("y"u8), Bytes = "y"u8.ToArray(), Summary = default },
        Prefix = default,
        Sender = "",
        Recipient = "bob@example.org",
        Origin = new SessionOrigin { Service = "lmtp" },
    };

    private static Exception Failure(string what) => what switch
    {
        "moved" => new MailboxException(MailboxError.Moved, what),
        "full" => new MailboxException(MailboxError.OverQuota, what),
        "gone" => new SiloUnavailableException(what),
        "timeout" => new TimeoutException(),

        // Only Orleans itself can make one in the ordinary way.
        _ => (Exception)Activator.CreateInstance(typeof(OrleansMessageRejectionException), BindingFlags.Instance | BindingFlags.NonPublic, null, [what], null)!,
    };

    private static T Stub<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var stub = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)stub).Answer = answer;
        return stub;
    }

    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private object? Grain(MethodInfo getGrain, object?[] arguments) => getGrain.ReturnType switch
    {
        var type when type == typeof(IAddressGrain) && (string)arguments[0]! == "bob@example.org" => Stub<IAddressGrain>(Call),
        var type when type == typeof(IMailboxGrain) && (Guid)arguments[0]! == s_bob.Value => Stub<IMailboxGrain>(Call),
        var other => throw new InvalidOperationException($"Nobody asked for {other}."),
    };

    private object? Call(MethodInfo method, object?[] arguments) => _answers[method.Name](arguments);

    public class Proxy : DispatchProxy
    {
        public Func<MethodInfo, object?[], object?> Answer { get; set; } = (_, _) => null;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod!, args!);
    }
}
