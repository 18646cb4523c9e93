using System.Security.Cryptography;
using System.Text;
using MailGrains.Model.Accounts;

namespace MailGrains.Authentication.Tests.Secrets;

public sealed class PasswordHasherTests
{
    private static readonly AuthenticationOptions Cheap = new() { Argon2MemoryKiB = 64, Argon2Iterations = 1, Argon2Concurrency = 2 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A value of another implementation: what other servers have made can be taken over.</summary>
    [Fact]
    public async Task A_hash_made_elsewhere_is_understood()
    {
        var verifiers = Verifiers("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$/DO3gTkjHTS3Fia9YkXB1y76GQrWBcPYFmpyrc7fosI");
        using var hasher = new PasswordHasher(Cheap);
        Assert.True(await hasher.VerifyAsync("password"u8.ToArray(), verifiers, Cancellation));
        Assert.False(await hasher.VerifyAsync("passwore"u8.ToArray(), verifiers, Cancellation));
    }

    [Fact]
    public async Task A_new_hash_verifies_its_password_and_no_other()
    {
        using var hasher = new PasswordHasher(Cheap);
        var verifiers = await hasher.CreateAsync("secret"u8.ToArray(), Cancellation);
        Assert.Matches(@"^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", verifiers.Argon2Id);
        Assert.True(await hasher.VerifyAsync("secret"u8.ToArray(), verifiers, Cancellation));
        Assert.False(await hasher.VerifyAsync("Secret"u8.ToArray(), verifiers, Cancellation));
        Assert.NotEqual(verifiers.Argon2Id, (await hasher.CreateAsync("secret"u8.ToArray(), Cancellation)).Argon2Id);
    }

    [Fact]
    public async Task No_account_and_no_password_cost_as_much_and_are_refused()
    {
        var runs = new List<Argon2Parameters>();
        using var hasher = new PasswordHasher(Cheap, (password, parameters) =>
        {
            runs.Add(parameters);
            return parameters.Hash;
        });
        var verifiers = await hasher.CreateAsync("secret"u8.ToArray(), Cancellation);
        Assert.True(await hasher.VerifyAsync("secret"u8.ToArray(), verifiers, Cancellation));
        Assert.False(await hasher.VerifyAsync("secret"u8.ToArray(), null, Cancellation));
        Assert.False(await hasher.VerifyAsync(null, verifiers, Cancellation));
        Assert.False(await hasher.VerifyAsync(null, null, Cancellation));
        Assert.Equal(5, runs.Count);
        Assert.Single(runs.Select(r => (r.MemoryKiB, r.Iterations, Argon2Parameters.Parallelism, r.Hash.Length)).Distinct());
    }

    [Fact]
    public async Task The_real_argon2id_takes_the_place_of_a_missing_password_too()
    {
        using var hasher = new PasswordHasher(Cheap);
        Assert.False(await hasher.VerifyAsync(null, null, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=-64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$")]
    [InlineData("$argon2id$v=19$m=64,t=1,p=1$!$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    public async Task What_is_no_argon2id_hash_lets_nobody_in(string text)
    {
        using var hasher = new PasswordHasher(Cheap);
        Assert.False(await hasher.VerifyAsync("password"u8.ToArray(), Verifiers(text), Cancellation));
    }

    /// <summary>Two hundred logins at once may wait, but not eat memory.</summary>
    [Fact]
    public async Task A_burst_of_logins_computes_few_at_a_time()
    {
        using var gate = new SemaphoreSlim(0);
        using var started = new SemaphoreSlim(0);
        int running = 0, most = 0;
        using var hasher = new PasswordHasher(Cheap, (_, parameters) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (gate) most = Math.Max(most, now);
            started.Release();
            gate.Wait(Cancellation);
            Interlocked.Decrement(ref running);
            return parameters.Hash;
        });
        var logins = Enumerable.Range(0, 200).Select(_ => hasher.VerifyAsync("x"u8.ToArray(), null, Cancellation)).ToList();
        await started.WaitAsync(Cancellation);
        await started.WaitAsync(Cancellation);
        Assert.DoesNotContain(logins, l => l.IsCompleted);
        gate.Release(200);
        await Task.WhenAll(logins);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task A_login_given_up_while_waiting_leaves_its_place_to_others()
    {
        using var gate = new SemaphoreSlim(0);
        var runs = 0;
        using var hasher = new PasswordHasher(Cheap with { Argon2Concurrency = 1 }, (_, parameters) =>
        {
            Interlocked.Increment(ref runs);
            gate.Wait(Cancellation);
            return parameters.Hash;
        });
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = hasher.VerifyAsync("x"u8.ToArray(), null, Cancellation);
        var givenUp = hasher.VerifyAsync("x"u8.ToArray(), null, gone.Token);
        var last = hasher.VerifyAsync("x"u8.ToArray(), null, Cancellation);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        gate.Release(2);
        await Task.WhenAll(first, last);
        Assert.Equal(2, runs);
    }

    private static PasswordVerifiers Verifiers(string argon2) =>
        new(argon2, ScramVerifiers.Create(Encoding.UTF8.GetBytes("x"), RandomNumberGenerator.GetBytes(16), 4096));
}
